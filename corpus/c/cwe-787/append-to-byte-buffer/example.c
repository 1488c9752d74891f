#include <string.h>

int append_bytes(unsigned char *buffer, size_t capacity, size_t *used,
                 const unsigned char *data, size_t count) {
    // count <= capacity - used cannot wrap around, used + count could
    if (*used > capacity || count > capacity - *used) {
        return -1;
    }

    memcpy(buffer + *used, data, count);
    *used += count;
    return 0;
}
