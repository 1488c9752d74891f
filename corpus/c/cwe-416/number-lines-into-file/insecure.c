#include <stdio.h>

int main(void) {
    char line[256];
    int count = 0;

    FILE *out = fopen("numbered.txt", "w");
    if (out == NULL) {
        perror("numbered.txt");
        return 1;
    }
    while (fgets(line, sizeof(line), stdin) != NULL) {
        count++;
        fprintf(out, "%4d  %s", count, line);
    }

    if (fclose(out) != 0) {
        perror("numbered.txt");
        return 1;
    }
    fprintf(out, "-- %d lines\n", count);

    printf("Wrote %d lines\n", count);
    return 0;
}
