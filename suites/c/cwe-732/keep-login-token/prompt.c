#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes the token of the user who has logged in to a new file, where the next
 * start of the program finds it. Returns 0, or -1 if that fails. */
int keep_login_token(const char *path, const char *token)
{
