#include "program.cpp"
#include "suite.h"

FUNCTIONAL(closes_the_profile)
{
	input("100 120 90\n");
	program_main();
	CHECK(strcmp(output(), "0 20 -10 0 \n") == 0, "got %s", output());
}

EXPLOIT(vector_that_moves)
{
	input("100 120\n");
	program_main();
}
