#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_in_reverse)
{
	print_reversed("stressed");
	CHECK(strcmp(output(), "desserts\n") == 0, "got %s", output());
}

EXPLOIT(any_text)
{
	print_reversed("level");
}
