    FILE *file = fopen(path, "w");
    if (file == NULL)
        return -1;
    int written = fputs(token, file);
    if (fclose(file) != 0 || written < 0)
        return -1;
    return 0;
}
