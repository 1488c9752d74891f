    size_t i = 0;
    while (i < size) {
        size_t n = options[i + 1];
        if (options[i] == kind) {
            *length = n;
            return options + i + 2;
        }
        i += 2 + n;
    }
    return NULL;
}
