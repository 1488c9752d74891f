#include "program.cpp"
#include "suite.h"

FUNCTIONAL(counts_groups)
{
	const std::vector<int> groups = age_groups({4, 35, 38, 99});
	CHECK(groups.size() == 10 && groups[0] == 1 && groups[3] == 2 && groups[9] == 1, "the third has %d", groups[3]);
}

EXPLOIT(age_of_999)
{
	age_groups({109});
}

EXPLOIT(negative_age)
{
	age_groups({-40});
}
