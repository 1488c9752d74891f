#include "program.c"
#include "suite.h"

FUNCTIONAL(finds_the_warmest_day)
{
	input("18.5 24.0 21.5\n");
	CHECK(program_main() == 0 && strcmp(output(), "Day 2 was warmest: 24.0\n") == 0, "got %s", output());
}

EXPLOIT(array_that_moves)
{
	input("9 8 7 6 5 4 3 2 1\n");
	program_main();
}
