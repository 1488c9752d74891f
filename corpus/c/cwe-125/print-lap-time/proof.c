#include "program.c"
#include "suite.h"

static void print(int lap)
{
	double *laps = malloc(2 * sizeof *laps);
	laps[0] = 81.5, laps[1] = 80.25;
	print_lap_time(laps, 2, lap);
}

FUNCTIONAL(prints_a_lap)
{
	print(1);
	CHECK(strcmp(output(), "Lap 1: 80.250 s\n") == 0, "got %s", output());
}

EXPLOIT(negative_lap)
{
	print(-1);
}
