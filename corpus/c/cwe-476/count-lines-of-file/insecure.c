#include <stdio.h>

long count_lines(const char *path) {
    FILE *file = fopen(path, "r");

    long lines = 0;
    int c;
    while ((c = fgetc(file)) != EOF) {
        if (c == '\n') {
            lines++;
        }
    }
    fclose(file);
    return lines;
}
