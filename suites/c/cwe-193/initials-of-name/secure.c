    size_t n = 0;
    for (const char *p = name; *p != '\0' && n + 1 < size; p++)
        if (*p != ' ' && (p == name || p[-1] == ' '))
            initials[n++] = (char)toupper((unsigned char)*p);
    initials[n] = '\0';
}
