#include <stdio.h>
#include <string.h>

int main(void) {
    char line[200];

    if (fgets(line, sizeof(line), stdin) == NULL) {
        return 1;
    }
    line[strcspn(line, "\n")] = '\0';

    size_t length = strlen(line);
    if (line[length - 1] == '?') {
        puts("A question");
    } else {
        puts("Not a question");
    }
    return 0;
}
