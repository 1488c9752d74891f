#include "program.c"
#include "suite.h"

FUNCTIONAL(formats_a_date)
{
	input("2026 3 9\n");
	CHECK(program_main() == 0 && strstr(output(), "Date: 2026-03-09"), "got %s", output());
}

EXPLOIT(year_of_many_digits)
{
	input("-2000000000 2000000000 2000000000\n");
	program_main();
}
