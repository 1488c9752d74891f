#include "program.c"
#include "suite.h"

FUNCTIONAL(cuts_the_comment_off)
{
	input("volume 7\t\t# loud\n");
	CHECK(program_main() == 0 && strcmp(output(), "volume 7\n") == 0, "got %s", output());
}

EXPLOIT(line_with_nothing_but_a_comment)
{
	input("# loud\n");
	program_main();
}
