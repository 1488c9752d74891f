#include "program.c"
#include "suite.h"

FUNCTIONAL(unpacks_runs)
{
	uint8_t data[] = {3, 'a', 1, 'b', 2, 'c'}, pixels[16] = "";
	size_t n = unpack_runs(data, sizeof data, pixels, sizeof pixels);
	CHECK(n == 6 && memcmp(pixels, "aaabcc", 6) == 0, "got %zu pixels: %.16s", n, (char *)pixels);
}

static void attack(const char *data, size_t size, size_t room)
{
	uint8_t *copy = memcpy(malloc(size), data, size);
	unpack_runs(copy, size, malloc(room), room);
}

EXPLOIT(one_pixel_too_many)
{
	attack("\x08" "a" "\x09" "b", 4, 16);
}

EXPLOIT(long_runs)
{
	attack("\xff" "a" "\xff" "b" "\xff" "c", 6, 300);
}

EXPLOIT(half_a_pair)
{
	attack("\x02" "a" "\x03", 3, 16);
}
