    int32_t length = number_at(message);
    if (length > bytes - 4 || length >= room)
        return -1;
    memcpy(out, message + 4, length);
    out[length] = '\0';
    return length;
}
