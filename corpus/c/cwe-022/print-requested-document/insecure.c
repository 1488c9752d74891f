#include <limits.h>
#include <stdio.h>

int print_document(const char *base, const char *name) {
    char joined[PATH_MAX];

    snprintf(joined, sizeof(joined), "%s/%s", base, name);

    FILE *file = fopen(joined, "r");
    if (file == NULL) {
        return -1;
    }
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
        putchar(c);
    }
    fclose(file);
    return 0;
}
