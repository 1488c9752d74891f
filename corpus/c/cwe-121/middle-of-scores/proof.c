#include "program.c"
#include "suite.h"

FUNCTIONAL(finds_the_middle)
{
	input("3 70 20 50\n");
	CHECK(program_main() == 0 && strcmp(output(), "Middle score: 50\n") == 0, "got %s", output());
}

EXPLOIT(more_players_than_the_stack_holds)
{
	input("500000000 1\n");
	program_main();
}
