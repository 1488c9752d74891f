#include <ctype.h>
#include <stdio.h>

void print_morse(const char *text) {
    static const char *const codes[26] = {
        ".-",   "-...", "-.-.", "-..",  ".",   "..-.", "--.",  "....", "..",
        ".---", "-.-",  ".-..", "--",   "-.",  "---",  ".--.", "--.-", ".-.",
        "...",  "-",    "..-",  "...-", ".--", "-..-", "-.--", "--.."};

    for (; *text != '\0'; text++) {
        int letter = toupper((unsigned char)*text) - 'A';
        // only A to Z have a code: anything else would index outside the table
        if (letter < 0 || letter >= 26) {
            continue;
        }
        printf("%s ", codes[letter]);
    }
    printf("\n");
}
