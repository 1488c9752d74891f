#include "program.c"
#include "suite.h"

FUNCTIONAL(reserves_seats)
{
	input("0 0\n5 9\n5 9\n6 0\n");
	CHECK(program_main() == 0 && strstr(output(), "2 seats reserved"), "got %s", output());
}

EXPLOIT(negative_row)
{
	input("-1 0\n");
	program_main();
}

EXPLOIT(negative_seat)
{
	input("0 -50\n");
	program_main();
}
