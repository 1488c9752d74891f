    for (size_t i = 0; i + 1 < size; i += 2) {
        size_t run = data[i];
        memset(pixels + n, data[i + 1], run);
        n += run;
    }
    return n;
}
