#include <stdio.h>

int build_file_path(char *path, size_t path_size, const char *dir, const char *name) {
    int needed = sprintf(path, "%s/%s", dir, name);
    if (needed < 0 || (size_t)needed >= path_size) {
        return -1;
    }
    return 0;
}
