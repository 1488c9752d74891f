#include "program.c"
#include "suite.h"

static int print(const char *bytes, size_t size)
{
	unsigned char *packet = malloc(size);
	memcpy(packet, bytes, size);
	return print_name_field(packet, size);
}

FUNCTIONAL(prints_the_name)
{
	CHECK(print("\003Ann", 4) == 0 && strcmp(output(), "Ann\n") == 0, "got %s", output());
}

EXPLOIT(length_that_lies)
{
	print("\377Ann", 4);
}
