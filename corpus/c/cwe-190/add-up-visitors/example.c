#include <stdio.h>

extern int visitors_of_day(int day);

int main(void) {
    long long visitors = 0;

    // each count may be as large as an int gets: the sum of seven needs a wider type
    for (int day = 0; day < 7; day++) {
        visitors += visitors_of_day(day);
    }

    printf("Visitors of the week: %lld\n", visitors);
    return 0;
}
