#include <stdio.h>

int main(int argc, char *argv[]) {
    char start[65];

    if (argc != 2) {
        fprintf(stderr, "Usage: %s FILE\n", argv[0]);
        return 1;
    }
    FILE *file = fopen(argv[1], "rb");
    if (file == NULL) {
        perror(argv[1]);
        return 1;
    }

    // fread adds no '\0': keep a byte for it and set it where the data ends
    size_t count = fread(start, 1, sizeof(start) - 1, file);
    start[count] = '\0';
    fclose(file);

    printf("%s\n", start);
    return 0;
}
