#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    if (argc < 2) {
        fprintf(stderr, "Usage: %s SECONDS\n", argv[0]);
        return 1;
    }

    char *end;
    long seconds = strtol(argv[1], &end, 10);
    // a bound of INT_MAX / 1000 leaves room for the multiplication
    if (end == argv[1] || *end != '\0' || seconds < 0 || seconds > INT_MAX / 1000) {
        fprintf(stderr, "Bad delay: %s\n", argv[1]);
        return 1;
    }
    int milliseconds = (int)seconds * 1000;

    printf("Waiting %d ms\n", milliseconds);
    return 0;
}
