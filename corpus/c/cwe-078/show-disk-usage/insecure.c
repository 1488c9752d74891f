#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s FOLDER\n", argv[0]);
        return 1;
    }

    char command[512];
    int n = snprintf(command, sizeof(command), "du -sh -- %s", argv[1]);
    if (n < 0 || (size_t)n >= sizeof(command)) {
        return 1;
    }

    int status = system(command);
    if (status < 0 || !WIFEXITED(status)) {
        return 1;
    }
    return WEXITSTATUS(status);
}
