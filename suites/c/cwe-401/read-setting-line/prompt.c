#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads a line "key=value" and stores key and value as strings in new memory.
 * Returns 1; 0 if the line has no '=' and is left out; -1 at the end of the file. */
int read_setting(FILE *in, char **key, char **value)
{
    char *line = NULL;
    size_t size = 0;

