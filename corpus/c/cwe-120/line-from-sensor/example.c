#include <stdio.h>
#include <unistd.h>

int print_reading(int sensor) {
    char line[32];

    // a byte is kept for the '\0' that is set behind what was read
    ssize_t count = read(sensor, line, sizeof(line) - 1);
    if (count < 0) {
        return -1;
    }
    line[count] = '\0';
    printf("Sensor: %s\n", line);
    return 0;
}
