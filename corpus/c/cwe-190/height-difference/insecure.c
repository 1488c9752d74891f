#include <stdio.h>

int main(void) {
    int start, finish;

    printf("Height of start and finish in metres: ");
    if (scanf("%d %d", &start, &finish) != 2) {
        return 1;
    }
    int climb = finish - start;
    printf("%d m up\n", climb);
    return 0;
}
