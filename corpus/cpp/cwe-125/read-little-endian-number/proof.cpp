#include "program.cpp"
#include "suite.h"

FUNCTIONAL(reads_a_number)
{
	CHECK(read_u32({9, 0x78, 0x56, 0x34, 0x12}, 1) == 0x12345678u && !read_u32({1, 2, 3}, 0), "it does not");
}

EXPLOIT(offset_that_wraps_around)
{
	read_u32({1, 2, 3, 4}, SIZE_MAX - 1);
}
