#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_in_reverse)
{
	char *args[] = {"reverse", "stressed", NULL};
	CHECK(program_main(2, args) == 0 && strcmp(output(), "desserts\n") == 0, "got %s", output());
}

EXPLOIT(any_text)
{
	char *args[] = {"reverse", "level", NULL};
	program_main(2, args);
}
