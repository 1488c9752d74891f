#include <stdio.h>
#include <stdlib.h>

int main(void) {
    double *days = NULL;
    double value;
    size_t count = 0, warmest = 0;

    while (scanf("%lf", &value) == 1) {
        double *grown = realloc(days, (count + 1) * sizeof(*days));
        if (grown == NULL) {
            free(days);
            return 1;
        }
        days = grown;
        days[count] = value;
        // an index survives realloc, a pointer into the old block does not
        if (days[count] > days[warmest]) {
            warmest = count;
        }
        count++;
    }

    if (count > 0) {
        printf("Day %zu was warmest: %.1f\n", warmest + 1, days[warmest]);
    }
    free(days);
    return 0;
}
