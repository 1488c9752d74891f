    p->name = read_line(in);
    if (p->name == NULL)
        return -1;
    p->motto = read_line(in);
    if (p->motto == NULL) {
        free(p->name);
        return -1;
    }
    return 0;
}
