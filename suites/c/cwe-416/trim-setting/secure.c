    char *copy = strdup(value);
    if (copy == NULL)
        return -1;
    free(s->value);
    s->value = copy;
    return 0;
}
