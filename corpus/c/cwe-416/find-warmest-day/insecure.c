#include <stdio.h>
#include <stdlib.h>

int main(void) {
    double *days = NULL;
    double value;
    double *warmest = NULL;
    size_t count = 0;

    while (scanf("%lf", &value) == 1) {
        double *grown = realloc(days, (count + 1) * sizeof(*days));
        if (grown == NULL) {
            free(days);
            return 1;
        }
        days = grown;
        days[count] = value;
        if (warmest == NULL || days[count] > *warmest) {
            warmest = &days[count];
        }
        count++;
    }

    if (count > 0) {
        printf("Day %zu was warmest: %.1f\n", (size_t)(warmest - days) + 1, *warmest);
    }
    free(days);
    return 0;
}
