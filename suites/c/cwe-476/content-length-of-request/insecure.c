    const char *value = header_value(headers, count, "Content-Length");
    return strtol(value, NULL, 10);
}
