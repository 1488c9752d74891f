    const auto length = static_cast<std::uint16_t>(message.size());
    frame += static_cast<char>(length >> 8);
    frame += static_cast<char>(length & 0xff);
    frame += message;
    return frame;
}
