    for (size_t i = 0; i < cells; i++) {
        if (column[i].kind != TEXT)
            continue;
        size_t length = strlen(column[i].text);
        if (length > width)
            width = length;
    }
    return width;
}
