#include <stdio.h>
#include <stdlib.h>

char *text_of_stream(FILE *stream) {
    size_t size = 64, used = 0;
    char *text = malloc(size);

    while (text != NULL) {
        size_t count = fread(text + used, 1, size - used, stream);
        used += count;
        if (count == 0) {
            text[used] = '\0';
            return text;
        }
        if (used > size) {
            size *= 2;
            char *bigger = realloc(text, size);
            if (bigger == NULL) {
                free(text);
            }
            text = bigger;
        }
    }
    return NULL;
}
