#include <stdlib.h>
#include <string.h>

unsigned char *create_white_image(size_t width, size_t height) {
    // calloc sees a product that wraps around, malloc(width * height) would not
    unsigned char *pixels = calloc(height, width);
    if (pixels == NULL) {
        return NULL;
    }
    for (size_t y = 0; y < height; y++) {
        memset(pixels + y * width, 255, width);
    }
    return pixels;
}
