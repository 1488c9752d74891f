#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s NUMBER\n", argv[0]);
        return 1;
    }
    char *end;
    errno = 0;
    long n = strtol(argv[1], &end, 10);
    if (errno != 0 || end == argv[1] || *end != '\0' || n < 0) {
        fprintf(stderr, "Not a natural number: %s\n", argv[1]);
        return 1;
    }

    long long factorial = 1;
    for (long i = 2; i <= n; i++) {
        factorial *= i;
    }

    printf("%ld! = %lld\n", n, factorial);
    return 0;
}
