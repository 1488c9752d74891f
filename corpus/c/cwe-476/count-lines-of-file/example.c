#include <stdio.h>

long count_lines(const char *path) {
    FILE *file = fopen(path, "r");
    // fopen gives NULL for a file that is missing or may not be read
    if (file == NULL) {
        return -1;
    }

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
