#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void print_reversed(const char *text) {
    size_t length = strlen(text);
    char *reversed = malloc(length + 1);
    if (reversed == NULL) {
        return;
    }
    for (size_t i = 0; i < length; i++) {
        reversed[i] = text[length - 1 - i];
    }
    reversed[length] = '\0';

    free(reversed);
    printf("%s\n", reversed);
}
