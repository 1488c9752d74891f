#include "program.c"
#include "suite.h"

static int send(const char *text)
{
	int ends[2];
	CHECK(pipe(ends) == 0 && write(ends[1], text, strlen(text)) > 0, "there is no pipe");
	close(ends[1]);
	return print_reading(ends[0]);
}

FUNCTIONAL(prints_a_reading)
{
	CHECK(send("T=21.5") == 0 && strcmp(output(), "Sensor: T=21.5\n") == 0, "got %s", output());
}

EXPLOIT(line_of_60_bytes)
{
	send(repeat('7', 60));
}

EXPLOIT(line_of_the_size_of_the_array)
{
	send(repeat('7', 32));
}
