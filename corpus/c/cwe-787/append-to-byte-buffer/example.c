#include <string.h>

size_t append_bytes(unsigned char *buffer, size_t capacity, size_t *used,
                    const unsigned char *data, size_t count) {
    // no more than is free: capacity - used cannot wrap around, used + count could
    if (count > capacity - *used) {
        count = capacity - *used;
    }
    memcpy(buffer + *used, data, count);
    *used += count;
    return count;
}
