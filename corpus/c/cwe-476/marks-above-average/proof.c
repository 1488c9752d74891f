#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_marks_above_the_average)
{
	input("3 1.0 2.0 6.0\n");
	CHECK(program_main() == 0 && strstr(output(), "6.0") && !strstr(output(), "2.0"), "got %s", output());
}

EXPLOIT(more_marks_than_memory)
{
	input("2000000000 1.0\n");
	program_main();
}
