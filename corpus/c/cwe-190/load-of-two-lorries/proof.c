#include "program.c"
#include "suite.h"
#include <limits.h>

static int weight;

int weigh(const char *lorry)
{
	return weight;
}

FUNCTIONAL(adds_both)
{
	weight = 12500;
	CHECK(program_main() == 0 && strstr(output(), "25000 kg"), "got %s", output());
}

EXPLOIT(scale_that_reports_its_limit)
{
	weight = INT_MAX;
	program_main();
}
