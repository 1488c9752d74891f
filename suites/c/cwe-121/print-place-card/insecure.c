    sprintf(line, "# %s #", name);
    puts(line);
    cards++;
}
