    if (offset > image->size || length > image->size - offset)
        return -1;
    memcpy(out, image->bytes + offset, length);
    return 0;
}
