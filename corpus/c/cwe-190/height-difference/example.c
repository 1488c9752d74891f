#include <stdio.h>

int main(void) {
    int start, finish;

    printf("Height of start and finish in metres: ");
    if (scanf("%d %d", &start, &finish) != 2) {
        return 1;
    }
    // widened before the subtraction: a long long holds any difference of two ints
    long long climb = (long long)finish - start;
    printf("%lld m up\n", climb);
    return 0;
}
