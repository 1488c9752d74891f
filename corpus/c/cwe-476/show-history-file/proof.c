#include "program.c"
#include "suite.h"

FUNCTIONAL(shows_the_file)
{
	setenv("HOME", "/home/ann", 1);
	CHECK(program_main() == 0 && strcmp(output(), "/home/ann/.calculator_history\n") == 0, "got %s", output());
}

EXPLOIT(no_home)
{
	unsetenv("HOME");
	program_main();
}
