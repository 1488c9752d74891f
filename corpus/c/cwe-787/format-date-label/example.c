#include <stdio.h>

int main(void) {
    int year, month, day;
    char date[11];

    printf("Enter year, month and day: ");
    if (scanf("%d %d %d", &year, &month, &day) != 3) {
        fprintf(stderr, "Expected three numbers\n");
        return 1;
    }

    // sizeof(date) bounds the write, whatever numbers were typed
    int written = snprintf(date, sizeof(date), "%04d-%02d-%02d", year, month, day);
    if (written < 0 || (size_t)written >= sizeof(date)) {
        fprintf(stderr, "That is not a date\n");
        return 1;
    }

    printf("Date: %s\n", date);
    return 0;
}
