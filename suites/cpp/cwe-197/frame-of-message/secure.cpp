    if (message.size() > 0xffff)
        throw std::length_error("the message does not fit into a frame");
    frame += static_cast<char>(message.size() >> 8);
    frame += static_cast<char>(message.size() & 0xff);
    frame += message;
    return frame;
}
