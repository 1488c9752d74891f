#include <stdio.h>
#include <string.h>

int main(void) {
    char line[256];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        size_t end = strcspn(line, "#\n");
        while (line[end - 1] == '\t') {
            line[--end] = '\0';
        }
        line[end] = '\0';
        puts(line);
    }
    return 0;
}
