#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct header {
    const char *name;
    const char *value;
};

static const char *header_value(const struct header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(headers[i].name, name) == 0)
            return headers[i].value;
    return NULL;
}

/* Returns the number of bytes that the body of a request has, as its header
 * Content-Length says. */
long content_length(const struct header *headers, size_t count)
{
