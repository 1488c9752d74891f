#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_the_note)
{
	input("+milk\n?\n+bread\n?\n");
	CHECK(program_main() == 0 && strcmp(output(), "Note: milk\nNote: bread\n") == 0, "got %s", output());
}

EXPLOIT(note_that_was_dropped)
{
	input("+milk\n-\n?\n");
	program_main();
}
