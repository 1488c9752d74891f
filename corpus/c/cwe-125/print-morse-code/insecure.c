#include <ctype.h>
#include <stdio.h>

void print_morse(const char *text) {
    static const char *const codes[26] = {
        ".-",   "-...", "-.-.", "-..",  ".",   "..-.", "--.",  "....", "..",
        ".---", "-.-",  ".-..", "--",   "-.",  "---",  ".--.", "--.-", ".-.",
        "...",  "-",    "..-",  "...-", ".--", "-..-", "-.--", "--.."};

    for (; *text != '\0'; text++) {
        int letter = toupper((unsigned char)*text) - 'A';
        printf("%s ", codes[letter]);
    }
    printf("\n");
}
