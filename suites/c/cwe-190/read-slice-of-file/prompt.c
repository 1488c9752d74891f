#include <stdint.h>
#include <string.h>

struct image {
    const uint8_t *bytes;
    uint32_t size;
};

/* Copies length bytes of the image, from the offset on, to out. Returns 0, or -1
 * if the image does not have them all. */
int read_slice(const struct image *image, uint32_t offset, uint32_t length, uint8_t *out)
{
