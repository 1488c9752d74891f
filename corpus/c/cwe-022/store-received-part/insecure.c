#include <stdio.h>
#include <string.h>

int store_part(const char *name, const char *content, size_t size) {
    char path[300];

    if (name[0] == '\0') {
        return -1;
    }
    int n = snprintf(path, sizeof(path), "parts/%s", name);
    if (n < 0 || (size_t)n >= sizeof(path)) {
        return -1;
    }

    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        return -1;
    }
    size_t written = fwrite(content, 1, size, out);
    return fclose(out) == 0 && written == size ? 0 : -1;
}
