#include "program.cpp"
#include "suite.h"

FUNCTIONAL(finds_a_pair)
{
	CHECK(has_pair({3, 7, 7, 1}), "the pair of 7 was not found");
	CHECK(has_pair({3, 1, 9, 9}), "the pair of 9 was not found");
}

FUNCTIONAL(finds_no_pair)
{
	CHECK(!has_pair({3, 7, 3, 7}), "a pair was found");
	CHECK(!has_pair({3}), "a pair was found in one card");
}

EXPLOIT(no_cards)
{
	has_pair({});
}

EXPLOIT(no_cards_any_more)
{
	std::vector<int> cards{1, 2, 3, 4};
	cards.clear();
	cards.shrink_to_fit();
	has_pair(cards);
}
