#include <stdio.h>
#include <stdlib.h>

int print_delay(const char *argument) {
    long seconds = strtol(argument, NULL, 10);
    int milliseconds = (int)seconds * 1000;
    printf("Waiting %d ms\n", milliseconds);
    return 0;
}
