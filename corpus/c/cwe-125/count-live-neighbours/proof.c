#include "program.c"
#include "suite.h"

static int neighbours(int row, int column)
{
	unsigned char *cells = calloc(9, 1);
	cells[0] = cells[4] = cells[8] = 1;
	return count_live_neighbours(cells, 3, 3, row, column);
}

FUNCTIONAL(counts_around_the_middle)
{
	CHECK(neighbours(1, 1) == 2, "got %d", neighbours(1, 1));
}

EXPLOIT(upper_corner)
{
	neighbours(0, 0);
}

EXPLOIT(lower_corner)
{
	neighbours(2, 2);
}
