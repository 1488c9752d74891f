#include "program.c"
#include "suite.h"

static size_t records(const char *bytes, size_t size)
{
	return count_records(memcpy(malloc(size), bytes, size), size);
}

FUNCTIONAL(counts_records)
{
	size_t n = records("\0\3" "a" "\0\2" "\0\6" "abcd", 11);
	CHECK(n == 3, "got %zu", n);
}

FUNCTIONAL(leaves_half_a_record)
{
	size_t n = records("\0\3" "a" "\0\x09" "abcd", 9);
	CHECK(n == 1, "got %zu", n);
}

EXPLOIT(record_of_length_zero)
{
	records("\0\3" "a" "\0\0" "\0\2", 7);
}

EXPLOIT(record_beyond_the_end)
{
	records("\xff\xff" "a", 3);
}
