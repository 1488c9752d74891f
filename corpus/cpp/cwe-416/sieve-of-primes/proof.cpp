#include "program.cpp"
#include "suite.h"

FUNCTIONAL(counts_primes)
{
	input("100\n");
	program_main();
	CHECK(strstr(output(), "25 primes"), "got %s", output());
}

EXPLOIT(any_limit)
{
	input("10\n");
	program_main();
}
