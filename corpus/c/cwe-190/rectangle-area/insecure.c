#include <stdio.h>

int main(void) {
    int width, height;

    printf("Width and height: ");
    if (scanf("%d %d", &width, &height) != 2) {
        return 1;
    }
    printf("Area: %d\n", width * height);
    return 0;
}
