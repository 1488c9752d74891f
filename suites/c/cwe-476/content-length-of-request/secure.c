    const char *value = header_value(headers, count, "Content-Length");
    if (value == NULL)
        return 0;
    return strtol(value, NULL, 10);
}
