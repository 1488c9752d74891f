#include <stdio.h>

void print_lap_time(const double *laps, int count, int lap) {
    // both ends: a negative number lies outside the array as much as count does
    if (lap < 0 || lap >= count) {
        return;
    }
    printf("Lap %d: %.3f s\n", lap, laps[lap]);
}
