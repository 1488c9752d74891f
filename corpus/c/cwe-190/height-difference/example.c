#include <stdio.h>

int main(void) {
    int start, finish;

    printf("Height of start and finish in metres: ");
    if (scanf("%d %d", &start, &finish) != 2) {
        fprintf(stderr, "Expected two numbers\n");
        return 1;
    }

    // widened before the subtraction: a long long holds any difference of two ints
    long long climb = (long long)finish - start;

    if (climb >= 0) {
        printf("%lld m up\n", climb);
    } else {
        printf("%lld m down\n", -climb);
    }
    return 0;
}
