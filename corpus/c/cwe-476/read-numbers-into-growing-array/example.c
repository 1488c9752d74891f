#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *numbers = NULL;
    size_t count = 0, capacity = 0;
    int number;

    while (scanf("%d", &number) == 1) {
        if (count == capacity) {
            capacity = capacity == 0 ? 16 : capacity * 2;
            // on failure realloc gives NULL and the old block is still ours
            int *bigger = realloc(numbers, capacity * sizeof(*numbers));
            if (bigger == NULL) {
                free(numbers);
                return 1;
            }
            numbers = bigger;
        }
        numbers[count++] = number;
    }

    for (size_t i = count; i > 0; i--) {
        printf("%d\n", numbers[i - 1]);
    }
    free(numbers);
    return 0;
}
