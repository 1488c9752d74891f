#include <stdio.h>
#include <string.h>

int main(void) {
    char line[256];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        size_t end = strcspn(line, "#\n");
        // nothing may be left of the line: look at end before line[end - 1] is written
        while (end > 0 && line[end - 1] == '\t') {
            end--;
        }
        line[end] = '\0';
        puts(line);
    }
    return 0;
}
