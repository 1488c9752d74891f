#include <stdio.h>
#include <string.h>

void print_airport(const char *airport) {
    char code[4];

    strncpy(code, airport, sizeof(code));
    printf("Airport: %s, %zu letters\n", code, strlen(code));
}
