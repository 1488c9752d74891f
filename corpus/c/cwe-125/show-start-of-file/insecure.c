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

    size_t count = fread(start, 1, sizeof(start), file);
    fclose(file);

    if (count > 0) {
        printf("%s\n", start);
    }
    return 0;
}
