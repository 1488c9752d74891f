#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b) {
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

int main(void) {
    int players;

    if (scanf("%d", &players) != 1 || players < 1) {
        return 1;
    }
    int scores[players];
    for (int i = 0; i < players; i++) {
        scores[i] = 0;
        if (scanf("%d", &scores[i]) != 1) {
            break;
        }
    }
    qsort(scores, (size_t)players, sizeof(scores[0]), by_value);
    printf("Middle score: %d\n", scores[players / 2]);
    return 0;
}
