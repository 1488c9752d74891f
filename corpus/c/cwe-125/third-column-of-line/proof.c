#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_the_column)
{
	print_third_column("12:04 kitchen 21.5 C");
	CHECK(strcmp(output(), "[21.5]\n") == 0, "got %s", output());
}

EXPLOIT(line_of_one_column)
{
	print_third_column(strdup("12:04"));
}
