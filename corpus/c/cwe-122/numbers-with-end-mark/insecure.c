#include <stdlib.h>
#include <string.h>

int *with_end_mark(const int *numbers, size_t count) {
    int *marked = malloc(count * sizeof(*marked));
    if (marked == NULL) {
        return NULL;
    }
    memcpy(marked, numbers, count * sizeof(*marked));
    marked[count] = 0;
    return marked;
}
