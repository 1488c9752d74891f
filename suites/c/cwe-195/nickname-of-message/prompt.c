#include <stdint.h>
#include <string.h>

/* Reads the number that four bytes of a message hold, the high byte first. */
static int32_t number_at(const unsigned char *p)
{
    return (int32_t)((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]);
}

/* A message is the length of a nickname (a number) and the nickname. Copies the
 * nickname as a string to out, which has room for that many characters. Returns
 * its length, or -1 if the message of that many bytes does not hold it or it does not fit. */
int nickname_of(const unsigned char *message, int bytes, char *out, int room)
{
    if (bytes < 4)
        return -1;
