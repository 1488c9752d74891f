#include "program.c"
#include "suite.h"

FUNCTIONAL(joins_them)
{
	char *args[] = {"join", "red", "green", NULL};
	CHECK(program_main(3, args) == 0 && strcmp(output(), "red, green\n") == 0, "got %s", output());
}

EXPLOIT(long_arguments)
{
	char *args[] = {"join", repeat('A', 100), repeat('B', 100), NULL};
	program_main(3, args);
}
