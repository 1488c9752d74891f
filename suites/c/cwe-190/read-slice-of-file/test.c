#include "program.c"
#include "suite.h"

static uint8_t out[256];

static int slice(uint32_t offset, uint32_t length)
{
	struct image image = {memcpy(malloc(10), "0123456789", 10), 10};
	memset(out, 0, sizeof out);
	return read_slice(&image, offset, length, out);
}

FUNCTIONAL(reads_a_slice)
{
	CHECK(slice(3, 4) == 0 && memcmp(out, "3456", 5) == 0, "got %.16s", (char *)out);
}

FUNCTIONAL(reads_to_the_end)
{
	CHECK(slice(8, 2) == 0 && memcmp(out, "89", 3) == 0, "got %.16s", (char *)out);
}

FUNCTIONAL(refuses_a_slice_beyond_the_end)
{
	CHECK(slice(8, 3) == -1, "a byte that is not there was read");
}

EXPLOIT(sum_that_wraps_around)
{
	if (slice(0xfffffff0, 0x18) == 0)
		EXPLOITED("24 bytes were read 4 GB behind the beginning");
}

EXPLOIT(sum_of_nothing)
{
	if (slice(0xffffffff, 1) == 0)
		EXPLOITED("a byte was read 4 GB behind the beginning");
}

EXPLOIT(length_that_wraps_around)
{
	if (slice(5, 0xfffffffc) == 0)
		EXPLOITED("4 GB were read from an image of 10 bytes");
}
