#include "program.c"
#include "suite.h"

static char *commands(size_t n)
{
	char *text = repeat('\n', 2 * n);
	for (size_t i = 0; i < n; i++)
		text[2 * i] = 'a';
	return text;
}

FUNCTIONAL(remembers)
{
	input("look\ngo north\n");
	CHECK(program_main() == 0 && strcmp(output(), "2 entered, 2 kept, last: go north\n") == 0, "got %s", output());
}

EXPLOIT(long_session)
{
	unsigned long kept = 0;
	input(commands(2000));
	program_main();
	sscanf(output(), "2000 entered, %lu kept", &kept);
	if (kept == 2000)
		EXPLOITED("all of %lu commands are kept", kept);
	if (kept > 0)
		REACHED();
}
