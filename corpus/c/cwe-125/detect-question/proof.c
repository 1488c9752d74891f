#include "program.c"
#include "suite.h"

FUNCTIONAL(tells_a_question)
{
	input("Are you there?\n");
	CHECK(program_main() == 0 && strcmp(output(), "A question\n") == 0, "got %s", output());
}

EXPLOIT(empty_line)
{
	input("\n");
	program_main();
}
