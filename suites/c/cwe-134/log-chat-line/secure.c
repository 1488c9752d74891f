    fputs(line, log);
    fflush(log);
}
