#include "program.c"
#include "suite.h"

FUNCTIONAL(sets_a_short_label)
{
	struct channel c = {"", 5};
	set_label(&c, "drums");
	CHECK(strcmp(c.label, "drums") == 0 && c.volume == 5, "got %.8s", c.label);
}

FUNCTIONAL(replaces_a_label)
{
	struct channel c = {"guitar", 5};
	set_label(&c, "sax");
	CHECK(strcmp(c.label, "sax") == 0, "got %.8s", c.label);
}

static void attack(const char *label)
{
	struct channel *c = malloc(sizeof *c);
	memset(c, 'x', sizeof *c);
	strcpy(c->label, "old");
	c->volume = 0x01010101;
	set_label(c, label);
	if (c->volume != 0x01010101)
		EXPLOITED("the label \"%s\" changed the volume", label);
	if (!memchr(c->label, '\0', sizeof c->label))
		EXPLOITED("the label \"%s\" has no end within its 8 characters", label);
}

EXPLOIT(label_of_eight_characters)
{
	attack("keyboard");
}

EXPLOIT(label_of_ten_characters)
{
	attack("percussion");
}

EXPLOIT(long_label)
{
	attack(repeat('A', 64));
}
