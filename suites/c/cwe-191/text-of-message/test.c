#include "program.c"
#include "suite.h"

static char *text_of(unsigned length, size_t received)
{
	uint8_t *message = malloc(received);
	memset(message, 'x', received);
	message[0] = length >> 8;
	message[1] = length & 255;
	return text_of_message(message, received);
}

FUNCTIONAL(takes_the_text)
{
	char *text = text_of(13, 13);
	CHECK(text && strcmp(text, "xxxxx") == 0, "got %s", text ? text : "NULL");
}

FUNCTIONAL(leaves_what_follows_the_message)
{
	char *text = text_of(11, 30);
	CHECK(text && strcmp(text, "xxx") == 0, "got %s", text ? text : "NULL");
}

FUNCTIONAL(refuses_half_a_message)
{
	CHECK(!text_of(40, 20), "a text was made of half a message");
}

EXPLOIT(length_below_the_header)
{
	text_of(HEADER_SIZE - 1, 40);
}

EXPLOIT(length_of_nothing)
{
	text_of(0, 40);
}

EXPLOIT(length_beyond_the_message)
{
	text_of(0xffff, 40);
}
