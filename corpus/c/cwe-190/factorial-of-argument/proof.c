#include "program.c"
#include "suite.h"

FUNCTIONAL(factorial_of_five)
{
	char *args[] = {"factorial", "5", NULL};
	CHECK(program_main(2, args) == 0 && strcmp(output(), "5! = 120\n") == 0, "got %s", output());
}

EXPLOIT(factorial_that_is_too_large)
{
	char *args[] = {"factorial", "21", NULL};
	program_main(2, args);
}
