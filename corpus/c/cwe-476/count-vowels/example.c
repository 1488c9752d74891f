#include <ctype.h>
#include <string.h>

size_t count_vowels(const char *text) {
    // callers may have no text to give
    if (text == NULL) {
        return 0;
    }

    size_t vowels = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr("aeiou", tolower((unsigned char)*p)) != NULL) {
            vowels++;
        }
    }
    return vowels;
}
