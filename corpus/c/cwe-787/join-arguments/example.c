#include <stdio.h>
#include <string.h>

int main(int argc, char *argv[]) {
    char line[128] = "";

    for (int i = 1; i < argc; i++) {
        // the size is what is left behind the text so far, not that of the whole array
        snprintf(line + strlen(line), sizeof(line) - strlen(line), "%s%s", i > 1 ? ", " : "", argv[i]);
    }
    puts(line);
    return 0;
}
