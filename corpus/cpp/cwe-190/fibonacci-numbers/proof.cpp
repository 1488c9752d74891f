#include "program.cpp"
#include "suite.h"

FUNCTIONAL(prints_numbers)
{
	input("7\n");
	program_main();
	CHECK(strstr(output(), "1\n2\n3\n5\n8\n"), "got %s", output());
}

EXPLOIT(a_hundred_numbers)
{
	input("100\n");
	program_main();
}
