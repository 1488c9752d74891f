#include "program.c"
#include "suite.h"

FUNCTIONAL(adds_up_the_basket)
{
	input("2 150\n1 99\n");
	CHECK(program_main() == 0 && strcmp(output(), "Total: 399 cents\n") == 0, "got %s", output());
}

EXPLOIT(product_that_is_too_large)
{
	input("100000 100000\n");
	program_main();
}

EXPLOIT(sum_that_is_too_large)
{
	input("1 2000000000\n1 2000000000\n");
	program_main();
}
