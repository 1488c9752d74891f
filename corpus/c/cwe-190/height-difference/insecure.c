#include <stdio.h>

int main(void) {
    int start, finish;

    printf("Height of start and finish in metres: ");
    if (scanf("%d %d", &start, &finish) != 2) {
        fprintf(stderr, "Expected two numbers\n");
        return 1;
    }

    int climb = finish - start;

    if (climb >= 0) {
        printf("%d m up\n", climb);
    } else {
        printf("%d m down\n", -climb);
    }
    return 0;
}
