#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s PRICE\n", argv[0]);
        return 1;
    }
    int price = atoi(argv[1]);

    if (price < 0) {
        fprintf(stderr, "Not a price: %s\n", argv[1]);
        return 1;
    }
    printf("With delivery: %d cents\n", price + 250);
    return 0;
}
