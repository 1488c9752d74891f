#include <stdlib.h>
#include <string.h>

unsigned char *create_white_image(size_t width, size_t height) {
    unsigned char *pixels = malloc(width * height);
    if (pixels == NULL) {
        return NULL;
    }
    for (size_t y = 0; y < height; y++) {
        memset(pixels + y * width, 255, width);
    }
    return pixels;
}
