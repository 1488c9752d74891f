#include <inttypes.h>
#include <stdio.h>

void print_binary(uint32_t number) {
    // 32 digits and the '\0' behind them
    char digits[33];
    int count = 0;

    for (int bit = 31; bit >= 0; bit--) {
        if (count > 0 || (number >> bit & 1) || bit == 0) {
            digits[count++] = (number >> bit & 1) ? '1' : '0';
        }
    }
    digits[count] = '\0';
    printf("%" PRIu32 " is %s\n", number, digits);
}
