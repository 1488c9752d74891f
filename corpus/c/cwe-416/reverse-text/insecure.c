#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s TEXT\n", argv[0]);
        return 1;
    }

    size_t length = strlen(argv[1]);
    char *reversed = malloc(length + 1);
    if (reversed == NULL) {
        fprintf(stderr, "Out of memory\n");
        return 1;
    }
    for (size_t i = 0; i < length; i++) {
        reversed[i] = argv[1][length - 1 - i];
    }
    reversed[length] = '\0';

    free(reversed);
    printf("%s\n", reversed);
    return 0;
}
