#include <stdio.h>

#define MAX_READINGS 48

int main(void) {
    double readings[MAX_READINGS];
    double sum = 0.0;
    int count = 0;

    while (scanf("%lf", &readings[count]) == 1) {
        count++;
    }
    if (count == 0) {
        printf("No readings\n");
        return 1;
    }

    for (int i = 0; i < count; i++) {
        sum += readings[i];
    }
    printf("Average of %d readings: %.1f\n", count, sum / count);
    return 0;
}
