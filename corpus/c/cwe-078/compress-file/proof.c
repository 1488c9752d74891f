#include "program.c"
#include "suite.h"

FUNCTIONAL(compresses_a_file)
{
	write_file("a b.txt", "text");
	CHECK(compress_file("a b.txt") == 0 && access("a b.txt.gz", F_OK) == 0, "there is no compressed file");
}

EXPLOIT(quote_in_the_name)
{
	compress_file("a'; touch pwned; '");
	if (access("pwned", F_OK) == 0)
		EXPLOITED("the command touch in a file name was run");
}
