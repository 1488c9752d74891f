#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Has the program sha256sum compute the checksum of a file, and writes its 64
 * hexadecimal digits to sum as a string. Returns 0, or -1 if there is none. */
int checksum_of_file(const char *path, char sum[65])
{
