#include <stdio.h>

int main(void) {
    double readings[48];
    double sum = 0.0;
    size_t count = 0;

    while (scanf("%lf", &readings[count]) == 1) {
        count++;
    }

    for (size_t i = 0; i < count; i++) {
        sum += readings[i];
    }
    printf("Average of %zu readings: %.1f\n", count, sum / (double)count);
    return 0;
}
