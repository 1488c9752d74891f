#include "program.c"
#include "suite.h"

FUNCTIONAL(tells_milliseconds)
{
	char *args[] = {"delay", "3", NULL};
	CHECK(program_main(2, args) == 0 && strcmp(output(), "Waiting 3000 ms\n") == 0, "got %s", output());
}

EXPLOIT(three_weeks_and_more)
{
	char *args[] = {"delay", "2147484", NULL};
	program_main(2, args);
}
