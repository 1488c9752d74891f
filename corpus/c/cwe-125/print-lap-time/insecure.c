#include <stdio.h>

void print_lap_time(const double *laps, int count, int lap) {
    if (lap >= count) {
        return;
    }
    printf("Lap %d: %.3f s\n", lap, laps[lap]);
}
