    if (offset + length > image->size)
        return -1;
    memcpy(out, image->bytes + offset, length);
    return 0;
}
