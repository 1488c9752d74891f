#include <stdio.h>
#include <string.h>

FILE *open_saved_game(const char *name) {
    size_t length = strlen(name);

    if (length == 0 || length > 40) {
        return NULL;
    }

    char path[64];
    snprintf(path, sizeof(path), "saves/%s.sav", name);
    return fopen(path, "rb");
}
