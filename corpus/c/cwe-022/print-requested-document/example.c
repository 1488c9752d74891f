#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int print_document(const char *base, const char *name) {
    char joined[PATH_MAX], root[PATH_MAX], path[PATH_MAX];

    snprintf(joined, sizeof(joined), "%s/%s", base, name);
    // compare what .. and links lead to, and the '/' too: /docs-old also begins with /docs
    if (realpath(base, root) == NULL || realpath(joined, path) == NULL ||
        strncmp(path, root, strlen(root)) != 0 || path[strlen(root)] != '/') {
        return -1;
    }

    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
        putchar(c);
    }
    fclose(file);
    return 0;
}
