#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    if (argc < 2) {
        fprintf(stderr, "Usage: %s SECONDS\n", argv[0]);
        return 1;
    }

    int seconds = atoi(argv[1]);
    if (seconds < 0) {
        fprintf(stderr, "Bad delay: %s\n", argv[1]);
        return 1;
    }
    int milliseconds = seconds * 1000;

    printf("Waiting %d ms\n", milliseconds);
    return 0;
}
