#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int print_delay(const char *argument) {
    long seconds = strtol(argument, NULL, 10);
    // bounds of a thousandth leave room for the multiplication
    if (seconds < INT_MIN / 1000 || seconds > INT_MAX / 1000) {
        return -1;
    }
    int milliseconds = (int)seconds * 1000;
    printf("Waiting %d ms\n", milliseconds);
    return 0;
}
