#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    char code[4];

    if (argc != 2) {
        fprintf(stderr, "Usage: %s AIRPORT\n", argv[0]);
        return 1;
    }

    // strncpy does not terminate a string that it cuts
    strncpy(code, argv[1], sizeof(code) - 1);
    code[sizeof(code) - 1] = '\0';

    printf("Airport: %s, %zu letters\n", code, strlen(code));
    return 0;
}
