#include <stdio.h>

int main(void) {
    char taken[6][10] = {{0}};
    int row, seat;
    int reserved = 0;

    while (scanf("%d %d", &row, &seat) == 2) {
        if (row >= 6 || seat >= 10) {
            continue;
        }
        if (!taken[row][seat]) {
            taken[row][seat] = 1;
            reserved++;
        }
    }

    printf("%d seats reserved\n", reserved);
    return 0;
}
