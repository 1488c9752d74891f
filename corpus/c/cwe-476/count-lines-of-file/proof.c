#include "program.c"
#include "suite.h"

FUNCTIONAL(counts_lines)
{
	write_file("file", "1\n2\n3\n");
	CHECK(count_lines("file") == 3, "got %ld", count_lines("file"));
}

EXPLOIT(file_that_is_not_there)
{
	count_lines("no-file");
}
