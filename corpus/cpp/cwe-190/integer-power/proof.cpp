#include "program.cpp"
#include "suite.h"

FUNCTIONAL(computes_powers)
{
	CHECK(power(2, 10) == 1024 && power(7, 0) == 1 && power(-3, 3) == -27, "it does not");
}

EXPLOIT(power_that_is_too_large)
{
	power(10, 12);
}
