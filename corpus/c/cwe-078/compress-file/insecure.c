#include <stdio.h>
#include <stdlib.h>

int compress_file(const char *path) {
    char command[4096];

    snprintf(command, sizeof(command), "gzip -k -f -- '%s'", path);
    return system(command);
}
