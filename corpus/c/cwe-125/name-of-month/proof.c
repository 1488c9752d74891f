#include "program.c"
#include "suite.h"

FUNCTIONAL(names_a_month)
{
	input("12\n");
	CHECK(program_main() == 0 && strstr(output(), "December"), "got %s", output());
}

EXPLOIT(month_zero)
{
	input("0\n");
	program_main();
}
