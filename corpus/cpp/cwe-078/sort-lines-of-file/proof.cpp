#include "program.cpp"
#include "suite.h"

FUNCTIONAL(sorts_lines)
{
	write_file("names", "Zoe\nAnn\n");
	CHECK(sort_file("names") && strcmp(output(), "Ann\nZoe\n") == 0, "got %s", output());
}

EXPLOIT(semicolon_in_the_name)
{
	sort_file("names; touch pwned");
	if (access("pwned", F_OK) == 0)
		EXPLOITED("the command behind a semicolon was run");
}
