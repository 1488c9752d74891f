#include <stdio.h>
#include <string.h>

int main(void) {
    char line[256];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';

        char *equals = strchr(line, '=');
        // strchr gives NULL for a line that has no '='
        if (equals == NULL) {
            continue;
        }
        *equals = '\0';
        printf("%s is set to %s\n", line, equals + 1);
    }
    return 0;
}
