#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char *upper_case_copy(const char *text) {
    size_t length = strlen(text);
    // strlen does not count the '\0', which needs a byte as well
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return NULL;
    }

    for (size_t i = 0; i < length; i++) {
        copy[i] = (char)toupper((unsigned char)text[i]);
    }
    copy[length] = '\0';
    return copy;
}
