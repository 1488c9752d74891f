    if (scanf("%23s", name) != 1)
        name[0] = '\0';
    return name;
}
