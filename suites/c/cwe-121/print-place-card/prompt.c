#include <stdio.h>
#include <string.h>

static int cards;

/* Prints the place card of a guest, the name in a frame, and counts it:
 *
 *     # Ada Lovelace #
 */
void print_place_card(const char *name)
{
    char line[48];

