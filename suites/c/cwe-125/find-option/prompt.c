#include <stddef.h>
#include <stdint.h>

/* The options of a packet stand one behind the other: a byte that says the
 * kind, a byte that says how many bytes the value has, and the value. */

/* Returns the value of the first option of this kind among the size bytes at
 * options, with the number of its bytes in *length. NULL if there is none. */
const uint8_t *find_option(const uint8_t *options, size_t size, uint8_t kind, size_t *length)
{
