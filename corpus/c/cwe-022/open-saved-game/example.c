#include <stdio.h>
#include <string.h>

FILE *open_saved_game(const char *name) {
    char path[300];

    // whatever folders the name goes through: behind the last slash it is a plain file name
    snprintf(path, sizeof(path), "saves/%s.sav", strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name);
    return fopen(path, "rb");
}
