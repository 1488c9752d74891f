    if (columns != 0 && rows > (size_t)-1 / sizeof(double) / columns)
        return NULL;
    struct matrix *m = malloc(sizeof *m);
    if (m == NULL)
        return NULL;
    m->cells = malloc(rows * columns * sizeof(double));
    if (m->cells == NULL) {
        free(m);
        return NULL;
    }
    m->rows = rows;
    m->columns = columns;
    for (size_t i = 0; i < rows * columns; i++)
        m->cells[i] = value;
    return m;
}
