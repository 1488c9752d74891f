#include "program.c"
#include "suite.h"

static size_t rises(size_t n)
{
	double *prices = malloc(n * sizeof *prices);
	for (size_t i = 0; i < n; i++)
		prices[i] = (double)(i % 2);
	return count_price_rises(prices, n);
}

FUNCTIONAL(counts_rises)
{
	CHECK(rises(5) == 2, "got %d", (int)rises(5));
}

EXPLOIT(last_price)
{
	rises(3);
}
