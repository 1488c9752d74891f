#include <stdio.h>

FILE *open_saved_game(const char *name) {
    char path[300];

    snprintf(path, sizeof(path), "saves/%s.sav", name);
    return fopen(path, "rb");
}
