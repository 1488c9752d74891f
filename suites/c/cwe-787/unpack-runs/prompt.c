#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Unpacks a picture: data holds pairs of bytes, a number and the colour that is
 * repeated so often. Writes the colours to pixels, which has room for that many,
 * and returns how many there are. */
size_t unpack_runs(const uint8_t *data, size_t size, uint8_t *pixels, size_t room)
{
    size_t n = 0;

