    char command[4096];
    snprintf(command, sizeof command, "sha256sum -- %s", path);
    FILE *out = popen(command, "r");
    if (out == NULL)
        return -1;
    int found = fscanf(out, "%64[0-9a-f]", sum) == 1;
    pclose(out);
    return found && strlen(sum) == 64 ? 0 : -1;
}
