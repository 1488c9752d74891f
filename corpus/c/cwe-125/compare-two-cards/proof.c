#include "program.c"
#include "suite.h"

static int higher(int first, int second)
{
	int *hand = malloc(3 * sizeof *hand);
	hand[0] = 7, hand[1] = 12, hand[2] = 9;
	return higher_card(hand, 3, first, second);
}

FUNCTIONAL(names_the_higher_card)
{
	CHECK(higher(0, 1) == 1 && higher(2, 0) == 2, "got %d and %d", higher(0, 1), higher(2, 0));
}

EXPLOIT(negative_position)
{
	higher(-1, 1);
}

EXPLOIT(position_behind_the_last)
{
	higher(0, 3);
}
