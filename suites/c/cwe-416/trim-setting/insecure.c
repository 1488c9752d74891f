    free(s->value);
    s->value = strdup(value);
    if (s->value == NULL)
        return -1;
    return 0;
}
