#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT 100

int main(void) {
    char *history[KEPT] = {NULL};
    char line[200];
    size_t entered = 0;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        char *copy = malloc(strlen(line) + 1);
        if (copy == NULL) {
            return 1;
        }
        // however long the session: a new command takes the place of the oldest
        free(history[entered % KEPT]);
        history[entered++ % KEPT] = strcpy(copy, line);
    }

    size_t kept = entered < KEPT ? entered : KEPT;
    printf("%zu entered, %zu kept, last: %s", entered, kept, kept > 0 ? history[(entered - 1) % KEPT] : "none\n");
    for (size_t i = 0; i < kept; i++) {
        free(history[i]);
    }
    return 0;
}
