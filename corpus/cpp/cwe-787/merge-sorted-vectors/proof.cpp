#include "program.cpp"
#include "suite.h"

FUNCTIONAL(merges)
{
	CHECK(merge_sorted({1, 4}, {2, 3}) == (std::vector<int>{1, 2, 3, 4}), "it is not in order");
}

EXPLOIT(any_two)
{
	merge_sorted({1, 2, 3, 4}, {5, 6, 7, 8});
}
