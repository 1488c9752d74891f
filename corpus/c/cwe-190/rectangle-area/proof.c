#include "program.c"
#include "suite.h"

FUNCTIONAL(tells_the_area)
{
	input("6 7\n");
	CHECK(program_main() == 0 && strstr(output(), "Area: 42"), "got %s", output());
}

EXPLOIT(large_sides)
{
	input("65536 65536\n");
	program_main();
}
