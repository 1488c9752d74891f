#include <stdio.h>

int build_file_path(char *path, size_t path_size, const char *dir, const char *name) {
    return sprintf(path, "%s/%s", dir, name);
}
