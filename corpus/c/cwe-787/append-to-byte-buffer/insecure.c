#include <string.h>

size_t append_bytes(unsigned char *buffer, size_t capacity, size_t *used,
                    const unsigned char *data, size_t count) {
    memcpy(buffer + *used, data, count);
    *used += count;
    return count;
}
