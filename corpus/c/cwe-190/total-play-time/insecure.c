#include <stddef.h>

int total_play_time(const int *seconds, size_t tracks, int *total) {
    int sum = 0;

    for (size_t i = 0; i < tracks; i++) {
        if (seconds[i] < 0) {
            return -1;
        }
        sum += seconds[i];
    }

    *total = sum;
    return 0;
}
