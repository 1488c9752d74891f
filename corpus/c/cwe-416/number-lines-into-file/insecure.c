#include <stdio.h>

int main(void) {
    char line[256];
    int count = 0;

    FILE *out = fopen("numbered.txt", "w");
    if (out == NULL) {
        return 1;
    }
    while (fgets(line, sizeof(line), stdin) != NULL) {
        count++;
        fprintf(out, "%4d  %s", count, line);
    }

    fclose(out);
    fprintf(out, "-- %d lines\n", count);
    return 0;
}
