#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char line[128];
    char *note = NULL;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (line[0] == '+') {
            size_t size = strlen(line + 1) + 1;
            char *fresh = realloc(note, size);
            if (fresh == NULL) {
                break;
            }
            note = fresh;
            memcpy(note, line + 1, size);
        } else if (line[0] == '-') {
            free(note);
            // the commands that follow can tell that the note is gone
            note = NULL;
        } else if (note != NULL) {
            printf("Note: %s", note);
        }
    }

    free(note);
    return 0;
}
