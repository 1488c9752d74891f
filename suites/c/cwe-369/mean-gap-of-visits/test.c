#include "program.c"
#include "suite.h"

FUNCTIONAL(three_visits)
{
	long times[] = {100, 110, 130};
	CHECK(mean_gap(times, 3) == 15, "got %ld", mean_gap(times, 3));
}

FUNCTIONAL(two_visits)
{
	long times[] = {100, 160};
	CHECK(mean_gap(times, 2) == 60, "got %ld", mean_gap(times, 2));
}

EXPLOIT(one_visit)
{
	long *times = malloc(sizeof *times);
	times[0] = 100;
	mean_gap(times, 1);
}

EXPLOIT(no_visit)
{
	mean_gap(malloc(0), 0);
}
