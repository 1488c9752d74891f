#include <stdio.h>

int main(void) {
    int year, month, day;
    char date[11];

    printf("Enter year, month and day: ");
    if (scanf("%d %d %d", &year, &month, &day) != 3) {
        return 1;
    }
    sprintf(date, "%04d-%02d-%02d", year, month, day);
    printf("Date: %s\n", date);
    return 0;
}
