    strncpy(c->label, label, sizeof c->label - 1);
    c->label[sizeof c->label - 1] = '\0';
}
