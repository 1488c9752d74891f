#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_binary)
{
	print_binary(10);
	CHECK(strcmp(output(), "10 is 1010\n") == 0, "got %s", output());
}

EXPLOIT(number_of_32_digits)
{
	print_binary(4000000000u);
}
