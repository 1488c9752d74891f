#include "program.c"
#include "suite.h"

FUNCTIONAL(stores_a_code)
{
	print_airport("LHR");
	CHECK(strcmp(output(), "Airport: LHR, 3 letters\n") == 0, "got %s", output());
}

EXPLOIT(code_that_fills_the_array)
{
	print_airport("HEATHROW");
}
