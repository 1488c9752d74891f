    if (scanf("%s", name) != 1)
        name[0] = '\0';
    return name;
}
