#include <stdio.h>

int show_start(const char *path) {
    char start[65];

    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    size_t count = fread(start, 1, sizeof(start), file);
    fclose(file);

    if (count > 0) {
        printf("%s\n", start);
    }
    return 0;
}
