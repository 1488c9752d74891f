#include "program.c"
#include "suite.h"

FUNCTIONAL(makes_a_record)
{
	uint8_t *record = make_record(0x1234, "Ada");
	CHECK(record && record[0] == 0x12 && record[1] == 0x34, "the number is not there");
	CHECK(strcmp((char *)record + 2, "Ada") == 0, "the name is %.62s", (char *)record + 2);
}

EXPLOIT(old_memory_behind_the_name)
{
	uint8_t *record = make_record(1, "Ada");
	if (!record)
		return;
	/* AddressSanitizer fills new memory with 0xbe. */
	int old = 0;
	for (int i = 6; i < RECORD_SIZE; i++)
		old += record[i] == 0xbe;
	if (old > 0)
		EXPLOITED("%d bytes of the record are what the memory held before", old);
}

EXPLOIT(long_name)
{
	make_record(1, repeat('A', 500));
}
