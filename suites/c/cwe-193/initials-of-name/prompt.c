#include <ctype.h>
#include <stddef.h>

/* Writes the initials of a name into a buffer of the given size, as a string:
 * "ada king lovelace" gives "AKL". */
void initials_of(const char *name, char *initials, size_t size)
{
