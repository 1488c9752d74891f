    strncpy(c->label, label, sizeof c->label);
}
