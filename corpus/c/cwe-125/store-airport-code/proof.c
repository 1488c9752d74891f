#include "program.c"
#include "suite.h"

FUNCTIONAL(stores_a_code)
{
	char *args[] = {"airport", "LHR", NULL};
	CHECK(program_main(2, args) == 0 && strcmp(output(), "Airport: LHR, 3 letters\n") == 0, "got %s", output());
}

EXPLOIT(code_that_fills_the_array)
{
	char *args[] = {"airport", "HEATHROW", NULL};
	program_main(2, args);
}
