#include <stdio.h>
#include <string.h>

int main(void) {
    char word[32];
    size_t longest = 0;

    // the width is one less than the array, which leaves room for '\0'
    while (scanf("%31s", word) == 1) {
        if (strlen(word) > longest) {
            longest = strlen(word);
        }
    }

    printf("The longest word has %zu letters\n", longest);
    return 0;
}
