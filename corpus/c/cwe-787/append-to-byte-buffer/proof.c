#include "program.c"
#include "suite.h"

FUNCTIONAL(appends)
{
	unsigned char buffer[8] = "";
	size_t used = 2;
	CHECK(append_bytes(buffer, 8, &used, (const unsigned char *)"abc", 3) == 3 && used == 5 && buffer[4] == 'c', "used %zu", used);
	CHECK(append_bytes(buffer, 8, &used, (const unsigned char *)"def", 3) == 3 && used == 8 && buffer[7] == 'f', "used %zu", used);
}

EXPLOIT(more_than_there_is_room_for)
{
	unsigned char *buffer = malloc(8);
	size_t used = 2;
	append_bytes(buffer, 8, &used, (const unsigned char *)repeat('A', 100), 100);
}

EXPLOIT(full_buffer)
{
	unsigned char *buffer = malloc(8);
	size_t used = 8;
	append_bytes(buffer, 8, &used, (const unsigned char *)"A", 1);
}
