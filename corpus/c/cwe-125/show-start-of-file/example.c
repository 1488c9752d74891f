#include <stdio.h>

int show_start(const char *path) {
    char start[65];

    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    // fread adds no '\0': keep a byte for it and set it where the data ends
    start[fread(start, 1, sizeof(start) - 1, file)] = '\0';
    fclose(file);

    printf("%s\n", start);
    return 0;
}
