#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_letters)
{
	print_morse("sos");
	CHECK(strcmp(output(), "... --- ... \n") == 0, "got %s", output());
}

EXPLOIT(digits)
{
	print_morse("route 66");
}
