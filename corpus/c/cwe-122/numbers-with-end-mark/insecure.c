#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int *with_end_mark(const int *numbers, size_t count) {
    if (count >= SIZE_MAX / sizeof(int)) {
        return NULL;
    }
    int *marked = malloc(count * sizeof(*marked));
    if (marked == NULL) {
        return NULL;
    }

    memcpy(marked, numbers, count * sizeof(*marked));
    marked[count] = 0;
    return marked;
}
