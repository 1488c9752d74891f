#include <stdio.h>

int main(void) {
    int width, height;

    printf("Width and height: ");
    if (scanf("%d %d", &width, &height) != 2 || width <= 0 || height <= 0) {
        fprintf(stderr, "Expected two positive numbers\n");
        return 1;
    }

    int area = width * height;

    printf("Area: %d\n", area);
    return 0;
}
