    while (size - position >= 2) {
        size_t length = (size_t)data[position] << 8 | data[position + 1];
        if (length > size - position)
            break;
        position += length;
        records++;
    }
    return records;
}
