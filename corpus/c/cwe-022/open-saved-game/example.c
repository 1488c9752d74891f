#include <stdio.h>
#include <string.h>

FILE *open_saved_game(const char *name) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    size_t length = strlen(name);

    // a name of these characters alone cannot leave the folder
    if (length == 0 || length > 40 || strspn(name, allowed) != length) {
        return NULL;
    }

    char path[64];
    snprintf(path, sizeof(path), "saves/%s.sav", name);
    return fopen(path, "rb");
}
