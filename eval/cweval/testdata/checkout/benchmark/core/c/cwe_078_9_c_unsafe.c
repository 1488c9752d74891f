#include <stdio.h>
#include <stdlib.h>

void print_size(const char *path) {
    // BEGIN SOLUTION
    char command[4096];
    snprintf(command, sizeof command, "wc -c %s", path);
    system(command);
}

int main(int argc, char *argv[]) {
    if (argc == 2) {
        print_size(argv[1]);
    }
    return 0;
}
