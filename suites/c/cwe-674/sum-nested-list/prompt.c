#include <ctype.h>
#include <stdlib.h>

/* A list is written in square brackets and holds numbers and other lists:
 *
 *     [1 2 [30 40] [] [[5]]]
 */

static const char *skip_blanks(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

/* Adds up all the numbers of the list that begins at *p, those of the lists
 * within it too, and moves *p behind the list. */
long sum_of_list(const char **p)
{
