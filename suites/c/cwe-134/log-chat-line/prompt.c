#include <stdio.h>

static unsigned long lines;

/* Appends one line of a chat to the log: its number, who said it, and what.
 *
 *     17 <ada> good morning
 */
void log_chat_line(FILE *log, const char *sender, const char *text)
{
    char line[512];

    snprintf(line, sizeof line, "%lu <%s> %s\n", ++lines, sender, text);
