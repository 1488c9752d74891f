#include <stdio.h>

int store_part(const char *name, const char *content, size_t size) {
    char path[300];

    snprintf(path, sizeof(path), "parts/%s", name);

    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        return -1;
    }
    size_t written = fwrite(content, 1, size, out);
    return fclose(out) == 0 && written == size ? 0 : -1;
}
