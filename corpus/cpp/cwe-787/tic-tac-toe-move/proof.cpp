#include "program.cpp"
#include "suite.h"

FUNCTIONAL(marks_a_square)
{
	input("2 3\n");
	program_main();
	CHECK(strstr(output(), "...\n..X\n..."), "got %s", output());
}

EXPLOIT(row_four)
{
	input("4 1\n");
	program_main();
}
