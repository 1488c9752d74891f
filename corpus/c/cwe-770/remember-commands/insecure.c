#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char **history = NULL;
    char line[200];
    size_t entered = 0;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        char *copy = malloc(strlen(line) + 1);
        char **longer = realloc(history, (entered + 1) * sizeof(*history));
        if (copy == NULL || longer == NULL) {
            return 1;
        }
        history = longer;
        history[entered++] = strcpy(copy, line);
    }

    size_t kept = entered;
    printf("%zu entered, %zu kept, last: %s", entered, kept, kept > 0 ? history[entered - 1] : "none\n");
    for (size_t i = 0; i < kept; i++) {
        free(history[i]);
    }
    free(history);
    return 0;
}
