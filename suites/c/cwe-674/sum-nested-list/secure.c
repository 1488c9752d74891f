    long sum = 0;
    long depth = 0;
    while (**p != '\0') {
        *p = skip_blanks(*p);
        char c = **p;
        if (c == '[' || c == ']') {
            depth += c == '[' ? 1 : -1;
            ++*p;
            if (depth == 0)
                break;
        } else {
            char *end;
            sum += strtol(*p, &end, 10);
            if (end == *p)
                break;
            *p = end;
        }
    }
    return sum;
}
