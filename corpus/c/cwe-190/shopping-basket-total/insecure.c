#include <stdio.h>

int main(void) {
    int quantity, cents;
    int total = 0;

    while (scanf("%d %d", &quantity, &cents) == 2) {
        int cost = quantity * cents;
        total += cost;
    }

    printf("Total: %d cents\n", total);
    return 0;
}
