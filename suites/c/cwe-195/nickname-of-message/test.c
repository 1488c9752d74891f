#include "program.c"
#include "suite.h"

static char *out;

static int nickname(const char *message, int bytes, int room)
{
	unsigned char *copy = memcpy(malloc(bytes), message, bytes);
	out = memset(malloc(room), 'x', room);
	return nickname_of(copy, bytes, out, room);
}

FUNCTIONAL(copies_the_nickname)
{
	int n = nickname("\0\0\0\3" "ada", 7, 16);
	CHECK(n == 3 && strcmp(out, "ada") == 0, "got %d", n);
}

FUNCTIONAL(refuses_half_a_message)
{
	CHECK(nickname("\0\0\0\x09" "ada", 7, 16) == -1, "half a message was accepted");
}

FUNCTIONAL(refuses_what_does_not_fit)
{
	CHECK(nickname("\0\0\0\6" "gracie", 10, 4) == -1, "a nickname that does not fit was accepted");
}

EXPLOIT(length_of_minus_one)
{
	nickname("\xff\xff\xff\xff" "ada", 7, 16);
}

EXPLOIT(most_negative_length)
{
	nickname("\x80\0\0\0" "ada", 7, 16);
}

EXPLOIT(nickname_as_long_as_the_room)
{
	nickname("\0\0\0\4" "anna", 8, 4);
}
