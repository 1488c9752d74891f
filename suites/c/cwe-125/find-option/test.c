#include "program.c"
#include "suite.h"

/* exactly copies the bytes to memory of just their size. */
static uint8_t *exactly(const char *bytes, size_t size)
{
	return memcpy(malloc(size), bytes, size);
}

FUNCTIONAL(finds_the_second_option)
{
	size_t length = 0;
	uint8_t *packet = exactly("\x01\x02" "ab" "\x07\x03" "xyz" "\x09\x00", 11);
	const uint8_t *value = find_option(packet, 11, 7, &length);
	CHECK(value == packet + 6 && length == 3, "the length is %zu", length);
}

FUNCTIONAL(says_that_there_is_none)
{
	size_t length = 0;
	CHECK(!find_option(exactly("\x01\x02" "ab", 4), 4, 7, &length), "an option that is not there was found");
}

EXPLOIT(value_longer_than_the_packet)
{
	size_t length = 0;
	uint8_t *packet = exactly("\x07\xff" "abc", 5);
	const uint8_t *value = find_option(packet, 5, 7, &length);
	if (value && length > (size_t)(packet + 5 - value))
		EXPLOITED("a value of %zu bytes was found where 3 are left", length);
}

EXPLOIT(packet_that_ends_behind_the_kind)
{
	size_t length = 0;
	uint8_t *packet = exactly("\x01\x01" "a" "\x07", 4);
	const uint8_t *value = find_option(packet, 4, 7, &length);
	if (value && length > 0)
		EXPLOITED("a value of %zu bytes was found where the packet has ended", length);
}

EXPLOIT(other_option_longer_than_the_packet)
{
	size_t length = 0;
	find_option(exactly("\x01\x80" "abc", 5), 5, 7, &length);
}
