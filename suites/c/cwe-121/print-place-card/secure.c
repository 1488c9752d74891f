    snprintf(line, sizeof line, "# %s #", name);
    puts(line);
    cards++;
}
