#include <stdlib.h>
#include <string.h>

char *longest_word(const char *text) {
    size_t size = strlen(text) + 1;
    char *scratch = malloc(size);
    if (scratch == NULL) {
        return NULL;
    }
    memcpy(scratch, text, size);

    char *longest = scratch + strlen(scratch);
    for (char *word = strtok(scratch, " \t\n"); word != NULL; word = strtok(NULL, " \t\n")) {
        if (strlen(word) > strlen(longest)) {
            longest = word;
        }
    }

    free(scratch);
    return longest;
}
