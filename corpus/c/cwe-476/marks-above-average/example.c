#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int count;
    int entered = 0;
    double sum = 0.0;

    printf("How many marks? ");
    if (scanf("%d", &count) != 1 || count < 1) {
        return 1;
    }

    double *marks = malloc((size_t)count * sizeof(*marks));
    // malloc may fail, above all for a size that the user chose
    if (marks == NULL) {
        return 1;
    }

    while (entered < count && scanf("%lf", &marks[entered]) == 1) {
        sum += marks[entered];
        entered++;
    }
    for (int i = 0; i < entered; i++) {
        if (marks[i] > sum / entered) {
            printf("%.1f\n", marks[i]);
        }
    }
    free(marks);
    return 0;
}
