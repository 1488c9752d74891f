#include <stdio.h>

extern int visitors_of_day(int day);

int main(void) {
    int visitors = 0;

    for (int day = 0; day < 7; day++) {
        visitors += visitors_of_day(day);
    }

    printf("Visitors of the week: %d\n", visitors);
    return 0;
}
