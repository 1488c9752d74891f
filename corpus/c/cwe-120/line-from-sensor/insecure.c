#include <stdio.h>
#include <unistd.h>

int print_reading(int sensor) {
    char line[32];

    ssize_t count = read(sensor, line, 64);
    if (count < 0) {
        return -1;
    }
    line[count] = '\0';
    printf("Sensor: %s\n", line);
    return 0;
}
