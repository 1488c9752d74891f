#include "program.c"
#include "suite.h"

FUNCTIONAL(counts_lines)
{
	char *args[] = {"lines", "file", NULL};
	write_file("file", "1\n2\n3\n");
	CHECK(program_main(2, args) == 0 && strcmp(output(), "3 lines\n") == 0, "got %s", output());
}

EXPLOIT(file_that_is_not_there)
{
	char *args[] = {"lines", "no-file", NULL};
	program_main(2, args);
}
