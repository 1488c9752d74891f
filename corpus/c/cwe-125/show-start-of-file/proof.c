#include "program.c"
#include "suite.h"

static int show(size_t size)
{
	write_file("file", repeat('A', size));
	return show_start("file");
}

FUNCTIONAL(shows_the_start)
{
	CHECK(show(30) == 0 && strncmp(output(), repeat('A', 30), 30) == 0, "got %s", output());
}

EXPLOIT(file_of_the_size_of_the_array)
{
	show(65);
	if (strspn(output(), "A") > 65)
		EXPLOITED("%zu bytes came out of an array of 65", strlen(output()));
}
