    fprintf(log, line);
    fflush(log);
}
