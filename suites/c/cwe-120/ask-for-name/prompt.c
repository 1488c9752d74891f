#include <stdio.h>
#include <string.h>

/* Asks the player for a name of one word, and returns what is typed at the
 * standard input. */
const char *ask_for_name(void)
{
    static char name[24];

    printf("Your name: ");
    fflush(stdout);
