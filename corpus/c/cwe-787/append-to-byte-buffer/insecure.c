#include <string.h>

int append_bytes(unsigned char *buffer, size_t capacity, size_t *used,
                 const unsigned char *data, size_t count) {
    if (*used > capacity) {
        return -1;
    }

    memcpy(buffer + *used, data, count);
    *used += count;
    return 0;
}
