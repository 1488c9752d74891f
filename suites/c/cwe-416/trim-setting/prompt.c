#include <stdlib.h>
#include <string.h>

struct setting {
    char *name;
    char *value;
};

int setting_set(struct setting *s, const char *value);

/* Takes the blanks off the beginning of the value. */
int setting_trim(struct setting *s)
{
    return setting_set(s, s->value + strspn(s->value, " \t"));
}

/* Makes a copy of the text the value of the setting. Returns 0, or -1 if there
 * is no memory for it. */
int setting_set(struct setting *s, const char *value)
{
