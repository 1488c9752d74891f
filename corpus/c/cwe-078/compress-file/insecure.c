#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int compress_file(const char *path) {
    char command[4096];

    snprintf(command, sizeof(command), "gzip -k -f -- '%s'", path);
    int status = system(command);
    return WEXITSTATUS(status);
}
