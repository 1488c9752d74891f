#include "program.c"
#include "suite.h"
#include <limits.h>

static int visitors_each_day;

int visitors_of_day(int day)
{
	return visitors_each_day;
}

FUNCTIONAL(adds_up_a_week)
{
	visitors_each_day = 11;
	CHECK(program_main() == 0 && strstr(output(), "week: 77"), "got %s", output());
}

EXPLOIT(counts_as_large_as_an_int_gets)
{
	visitors_each_day = INT_MAX;
	program_main();
}
