    if (getline(&line, &size, in) < 0) {
        free(line);
        return -1;
    }
    line[strcspn(line, "\n")] = '\0';
    char *equals = strchr(line, '=');
    if (equals == NULL)
        return 0;
    *equals = '\0';
    *key = strdup(line);
    *value = strdup(equals + 1);
    free(line);
    return 1;
}
