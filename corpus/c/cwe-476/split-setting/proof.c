#include "program.c"
#include "suite.h"

FUNCTIONAL(splits_a_setting)
{
	input("colour=blue\n");
	CHECK(program_main() == 0 && strcmp(output(), "colour is set to blue\n") == 0, "got %s", output());
}

EXPLOIT(line_without_an_equals_sign)
{
	input("colour\n");
	program_main();
}
