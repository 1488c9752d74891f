#include "program.c"
#include "suite.h"

FUNCTIONAL(tells_the_climb)
{
	input("400 1250\n");
	CHECK(program_main() == 0 && strstr(output(), "850 m up"), "got %s", output());
}

EXPLOIT(heights_far_apart)
{
	input("-2000000000 2000000000\n");
	program_main();
}
