#include "program.c"
#include "suite.h"

FUNCTIONAL(tells_milliseconds)
{
	CHECK(print_delay("3") == 0 && strcmp(output(), "Waiting 3000 ms\n") == 0, "got %s", output());
}

EXPLOIT(three_weeks_and_more)
{
	print_delay("2147484");
}

EXPLOIT(below_the_least_int)
{
	print_delay("-2147484");
}
