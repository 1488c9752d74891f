#include "program.cpp"
#include "suite.h"

FUNCTIONAL(finds_the_middle)
{
	input("3 1 2\n");
	program_main();
	CHECK(strstr(output(), "Middle sample: 2"), "got %s", output());
}

EXPLOIT(no_samples)
{
	input("\n");
	program_main();
}
