#include <stdio.h>

#define ROWS 6
#define SEATS_PER_ROW 10

int main(void) {
    char taken[ROWS][SEATS_PER_ROW] = {{0}};
    int row, seat;
    int reserved = 0;

    while (scanf("%d %d", &row, &seat) == 2) {
        // both numbers come from outside: check the lower end too
        if (row < 0 || row >= ROWS || seat < 0 || seat >= SEATS_PER_ROW) {
            printf("There is no seat %d in row %d\n", seat, row);
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
