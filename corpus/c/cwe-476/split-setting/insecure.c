#include <stdio.h>
#include <string.h>

int main(void) {
    char line[256];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';

        char *equals = strchr(line, '=');
        *equals = '\0';
        printf("%s is set to %s\n", line, equals + 1);
    }
    return 0;
}
