    long sum = 0;
    *p = skip_blanks(*p);
    if (**p == '[')
        ++*p;
    for (;;) {
        *p = skip_blanks(*p);
        if (**p == '[') {
            sum += sum_of_list(p);
        } else if (**p == ']') {
            ++*p;
            return sum;
        } else {
            char *end;
            sum += strtol(*p, &end, 10);
            if (end == *p)
                return sum;
            *p = end;
        }
    }
}
