#include "program.cpp"
#include "suite.h"

FUNCTIONAL(adds_up)
{
	CHECK(total_size({100, 20, 3}) == 123, "got %lld", total_size({100, 20, 3}));
}

EXPLOIT(two_large_files)
{
	const long long total = total_size({2000000000, 2000000000});
	if (total != 4000000000LL)
		EXPLOITED("two files of 2 GB have %lld bytes", total);
}
