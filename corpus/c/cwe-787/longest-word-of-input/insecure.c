#include <stdio.h>
#include <string.h>

int main(void) {
    char word[32];
    size_t longest = 0;

    while (scanf("%s", word) == 1) {
        if (strlen(word) > longest) {
            longest = strlen(word);
        }
    }

    printf("The longest word has %zu letters\n", longest);
    return 0;
}
