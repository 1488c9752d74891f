#include <stdlib.h>

static int memory_is_used_up;

static void *limited_realloc(void *block, size_t size)
{
	return memory_is_used_up ? NULL : realloc(block, size);
}

#define realloc limited_realloc
#include "program.c"
#undef realloc
#include "suite.h"

FUNCTIONAL(prints_in_reverse)
{
	input("1 2 3\n");
	CHECK(program_main() == 0 && strcmp(output(), "3\n2\n1\n") == 0, "got %s", output());
}

EXPLOIT(memory_that_is_used_up)
{
	memory_is_used_up = 1;
	input("1 2 3\n");
	program_main();
}
