#include "program.c"
#include "suite.h"

FUNCTIONAL(averages_the_readings)
{
	input("1 2 6\n");
	CHECK(program_main() == 0 && strstr(output(), "3 readings: 3.0"), "got %s", output());
}

EXPLOIT(more_readings_than_places)
{
	char *readings = repeat(' ', 200);
	for (int i = 0; i < 200; i += 2)
		readings[i] = '7';
	input(readings);
	program_main();
}
