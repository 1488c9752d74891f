#include <stdio.h>

int main(void) {
    int quantity, cents, cost;
    int total = 0;

    while (scanf("%d %d", &quantity, &cents) == 2) {
        cost = quantity * cents;
        total += cost;
    }

    printf("Total: %d cents\n", total);
    return 0;
}
