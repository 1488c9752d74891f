#include <stdio.h>

int main(void) {
    const char *names[] = {"January", "February", "March", "April", "May", "June", "July",
                           "August", "September", "October", "November", "December"};
    int month;

    printf("Month (1-12): ");
    if (scanf("%d", &month) != 1 || month > 12) {
        return 1;
    }
    printf("%s\n", names[month - 1]);
    return 0;
}
