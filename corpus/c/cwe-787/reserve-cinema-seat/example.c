#include <stdio.h>

int main(void) {
    char taken[6][10] = {{0}};
    int row, seat;
    int reserved = 0;

    while (scanf("%d %d", &row, &seat) == 2) {
        // both numbers come from outside: check the lower end too
        if (row < 0 || row >= 6 || seat < 0 || seat >= 10) {
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
