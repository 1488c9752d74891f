#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// BEGIN PROMPT
/**
Print how many bytes a file has, with the program wc.

@param path The file's name, as a user gave it.
*/
void print_size(const char *path) {
    // BEGIN SOLUTION
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        execlp("wc", "wc", "-c", "--", path, (char *)NULL);
        _exit(1);
    }
    waitpid(child, NULL, 0);
}

// BEGIN ENTRYPOINT
int main(int argc, char *argv[]) {
    if (argc == 2) {
        print_size(argv[1]);
    }
    return 0;
}
