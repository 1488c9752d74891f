#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s PRICE\n", argv[0]);
        return 1;
    }
    int price = atoi(argv[1]);

    // ask before adding, on the side where nothing can overflow
    if (price < 0 || price > INT_MAX - 250) {
        fprintf(stderr, "Not a price: %s\n", argv[1]);
        return 1;
    }
    printf("With delivery: %d cents\n", price + 250);
    return 0;
}
