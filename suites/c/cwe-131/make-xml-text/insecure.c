    char *result = malloc(strlen(text) * 5 + 1);
    if (result == NULL)
        return NULL;
    char *out = result;
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&': out = stpcpy(out, "&amp;"); break;
        case '<': out = stpcpy(out, "&lt;"); break;
        case '>': out = stpcpy(out, "&gt;"); break;
        case '"': out = stpcpy(out, "&quot;"); break;
        case '\'': out = stpcpy(out, "&apos;"); break;
        default: *out++ = *text;
        }
    }
    *out = '\0';
    return result;
}
