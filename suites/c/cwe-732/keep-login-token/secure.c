    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd < 0)
        return -1;
    ssize_t written = write(fd, token, strlen(token));
    if (close(fd) != 0 || written != (ssize_t)strlen(token))
        return -1;
    return 0;
}
