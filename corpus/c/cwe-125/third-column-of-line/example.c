#include <stdio.h>

void print_third_column(const char *line) {
    const char *column = line;

    for (int skipped = 0; skipped < 2; skipped++) {
        // a line may have fewer columns: stop at its end, not only at a blank
        while (*column != ' ' && *column != '\0') {
            column++;
        }
        if (*column == ' ') {
            column++;
        }
    }

    int length = 0;
    while (column[length] != ' ' && column[length] != '\0') {
        length++;
    }
    printf("[%.*s]\n", length, column);
}
