#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int print_document(const char *base, const char *name) {
    char root[PATH_MAX], joined[PATH_MAX], path[PATH_MAX];

    int n = snprintf(joined, sizeof(joined), "%s/%s", base, name);
    if (n < 0 || (size_t)n >= sizeof(joined)) {
        return -1;
    }
    if (realpath(base, root) == NULL || realpath(joined, path) == NULL) {
        return -1;
    }
    // compare what .. and links lead to, and the '/' too: /docs-old also begins with /docs
    size_t length = strlen(root);
    if (strncmp(path, root, length) != 0 || path[length] != '/') {
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
