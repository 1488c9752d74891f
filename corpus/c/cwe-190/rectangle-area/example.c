#include <limits.h>
#include <stdio.h>

int main(void) {
    int width, height;

    printf("Width and height: ");
    if (scanf("%d %d", &width, &height) != 2) {
        return 1;
    }
    // ask before multiplying: afterwards it is too late
    if (width < 0 || height < 1 || width > INT_MAX / height) {
        return 1;
    }
    printf("Area: %d\n", width * height);
    return 0;
}
