#include <stdio.h>

int main(void) {
    int quantity, cents, cost;
    int total = 0;

    while (scanf("%d %d", &quantity, &cents) == 2) {
        // the builtins compute and tell whether the exact result fits
        if (__builtin_mul_overflow(quantity, cents, &cost) || __builtin_add_overflow(total, cost, &total)) {
            return 1;
        }
    }

    printf("Total: %d cents\n", total);
    return 0;
}
