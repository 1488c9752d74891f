#include <limits.h>
#include <stddef.h>

int total_play_time(const int *seconds, size_t tracks, int *total) {
    int sum = 0;

    for (size_t i = 0; i < tracks; i++) {
        // the test must not overflow itself, hence the subtraction
        if (seconds[i] < 0 || sum > INT_MAX - seconds[i]) {
            return -1;
        }
        sum += seconds[i];
    }

    *total = sum;
    return 0;
}
