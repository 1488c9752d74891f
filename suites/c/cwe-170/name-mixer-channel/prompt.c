#include <stdio.h>
#include <string.h>

struct channel {
    char label[8];
    int volume;
};

void print_channel(const struct channel *c)
{
    printf("%s: %d\n", c->label, c->volume);
}

/* Gives the channel the label that the user typed. */
void set_label(struct channel *c, const char *label)
{
