#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int compress_file(const char *path) {
    char command[4096];
    int n = snprintf(command, sizeof(command), "gzip -k -f -- '%s'", path);
    if (n < 0 || (size_t)n >= sizeof(command)) {
        return -1;
    }

    int status = system(command);
    if (status == -1) {
        return -1;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}
