#include "program.cpp"
#include "suite.h"

FUNCTIONAL(finds_the_next_bus)
{
	CHECK(next_departure({10, 30, 50}, 25) == 5 && !next_departure({}, 25), "it is another");
}

EXPLOIT(after_the_last_bus)
{
	next_departure({10, 30, 50}, 55);
}
