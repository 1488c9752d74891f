#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>

int compress_file(const char *path) {
    // argv goes to gzip as it is, and "--" keeps a name like -d from being an option
    char *argv[] = {"gzip", "-k", "-f", "--", (char *)path, NULL};
    char *envp[] = {"PATH=/usr/bin:/bin", NULL};
    pid_t child;
    int status;

    if (posix_spawn(&child, "/bin/gzip", NULL, NULL, argv, envp) != 0) {
        return -1;
    }
    waitpid(child, &status, 0);
    return status;
}
