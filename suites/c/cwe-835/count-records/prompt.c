#include <stddef.h>
#include <stdint.h>

/* A file of measurements holds records. Each begins with its length in bytes,
 * these two bytes included (the high byte first).
 *
 * Returns how many complete records the size bytes at data hold. */
size_t count_records(const uint8_t *data, size_t size)
{
    size_t position = 0, records = 0;

