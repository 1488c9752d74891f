#include <stdint.h>
#include <stdlib.h>
#include <string.h>

unsigned char *create_white_image(size_t width, size_t height) {
    // width * height must not wrap around to a small number of bytes
    if (width == 0 || height > SIZE_MAX / width) {
        return NULL;
    }

    unsigned char *pixels = malloc(width * height);
    if (pixels == NULL) {
        return NULL;
    }
    for (size_t y = 0; y < height; y++) {
        memset(pixels + y * width, 255, width);
    }
    return pixels;
}
