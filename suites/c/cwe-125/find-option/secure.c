    size_t i = 0;
    while (i + 2 <= size) {
        size_t n = options[i + 1];
        if (n > size - i - 2)
            return NULL;
        if (options[i] == kind) {
            *length = n;
            return options + i + 2;
        }
        i += 2 + n;
    }
    return NULL;
}
