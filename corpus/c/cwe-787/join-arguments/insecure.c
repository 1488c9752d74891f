#include <stdio.h>

int main(int argc, char *argv[]) {
    char line[128] = "";
    size_t used = 0;

    for (int i = 1; i < argc; i++) {
        int n = sprintf(line + used, "%s%s", i > 1 ? ", " : "", argv[i]);
        if (n < 0) {
            fprintf(stderr, "The arguments are too long\n");
            return 1;
        }
        used += (size_t)n;
    }

    puts(line);
    return 0;
}
