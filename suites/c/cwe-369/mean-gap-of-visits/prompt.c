#include <stddef.h>

/* Returns the mean number of seconds between a visit and the next. The times of
 * the visits are in order. */
long mean_gap(const long *times, size_t visits)
{
