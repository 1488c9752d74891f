#include <stdio.h>

int build_file_path(char *path, size_t path_size, const char *dir, const char *name) {
    // never writes more than path_size bytes and tells how many were needed
    return snprintf(path, path_size, "%s/%s", dir, name);
}
