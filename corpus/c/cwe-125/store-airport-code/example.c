#include <stdio.h>
#include <string.h>

void print_airport(const char *airport) {
    char code[4];

    // strncpy does not terminate a string that it cuts, snprintf does
    snprintf(code, sizeof(code), "%s", airport);
    printf("Airport: %s, %zu letters\n", code, strlen(code));
}
