#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    char line[128] = "";

    for (int i = 1; i < argc; i++) {
        sprintf(line + strlen(line), "%s%s", i > 1 ? ", " : "", argv[i]);
    }
    puts(line);
    return 0;
}
