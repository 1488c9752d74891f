#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum kind { TEXT, NUMBER };

struct cell {
    enum kind kind;
    union {
        const char *text;
        long number;
    };
};

/* Returns the length of the longest text in a column of a sheet. */
size_t width_of_column(const struct cell *column, size_t cells)
{
    size_t width = 0;

