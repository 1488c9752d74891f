#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_in_reverse)
{
	char *args[] = {"reverse", "a", "b", NULL};
	CHECK(program_main(3, args) == 0 && strcmp(output(), "b\na\n") == 0, "got %s", output());
}

EXPLOIT(list_of_one)
{
	char *args[] = {"reverse", "a", NULL};
	program_main(2, args);
}
