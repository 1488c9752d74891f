#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_SIZE 8

/* A message begins with a header of HEADER_SIZE bytes. Its first two bytes say
 * how long the message is with its header (the high byte first), the text
 * follows the header.
 *
 * Returns the text as a string in new memory, or NULL if the message, of which
 * received bytes are there, is not complete. */
char *text_of_message(const uint8_t *message, size_t received)
{
    if (received < HEADER_SIZE)
        return NULL;
