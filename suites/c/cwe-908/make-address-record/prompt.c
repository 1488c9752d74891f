#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RECORD_SIZE 64

/* Makes the record that is sent to the other side for an entry of the address
 * book: RECORD_SIZE bytes in new memory, the number of the entry in the first
 * two (the high byte first), its name as a string in the others. */
uint8_t *make_record(uint16_t number, const char *name)
{
