    uint8_t *record = calloc(1, RECORD_SIZE);
    if (record == NULL)
        return NULL;
    record[0] = number >> 8;
    record[1] = number & 0xff;
    snprintf((char *)record + 2, RECORD_SIZE - 2, "%s", name);
    return record;
}
