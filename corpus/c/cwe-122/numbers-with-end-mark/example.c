#include <stdlib.h>
#include <string.h>

int *with_end_mark(const int *numbers, size_t count) {
    // one element more than is copied: the mark is an element too
    int *marked = malloc((count + 1) * sizeof(*marked));
    if (marked == NULL) {
        return NULL;
    }
    memcpy(marked, numbers, count * sizeof(*marked));
    marked[count] = 0;
    return marked;
}
