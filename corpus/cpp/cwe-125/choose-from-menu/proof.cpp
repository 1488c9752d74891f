#include "program.cpp"
#include "suite.h"

FUNCTIONAL(takes_an_order)
{
	input("3\n");
	program_main();
	CHECK(strstr(output(), "One risotto, please"), "got %s", output());
}

EXPLOIT(dish_zero)
{
	input("0\n");
	program_main();
}
