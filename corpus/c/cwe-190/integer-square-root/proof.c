#include "program.c"
#include "suite.h"
#include <limits.h>

FUNCTIONAL(roots_of_small_numbers)
{
	CHECK(integer_square_root(0) == 0 && integer_square_root(15) == 3 && integer_square_root(16) == 4, "got %d", integer_square_root(15));
}

EXPLOIT(largest_int)
{
	int root = integer_square_root(INT_MAX);
	if (root != 46340)
		EXPLOITED("the root of INT_MAX is said to be %d", root);
}
