#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    char code[4];

    if (argc != 2) {
        fprintf(stderr, "Usage: %s AIRPORT\n", argv[0]);
        return 1;
    }

    strncpy(code, argv[1], sizeof(code));

    printf("Airport: %s, %zu letters\n", code, strlen(code));
    return 0;
}
