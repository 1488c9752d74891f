    size_t length = (size_t)message[0] << 8 | message[1];
    if (length > received)
        return NULL;
    size_t size = length - HEADER_SIZE;
    char *text = malloc(size + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, message + HEADER_SIZE, size);
    text[size] = '\0';
    return text;
}
