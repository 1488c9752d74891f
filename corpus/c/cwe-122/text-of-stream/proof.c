#include "program.c"
#include "suite.h"

static char *text_of(const char *content)
{
	write_file("stream", content);
	return text_of_stream(fopen("stream", "rb"));
}

FUNCTIONAL(reads_a_short_text)
{
	CHECK(strcmp(text_of("line 1\nline 2\n"), "line 1\nline 2\n") == 0, "got %s", text_of("line 1\nline 2\n"));
}

EXPLOIT(text_that_fills_the_buffer)
{
	text_of(repeat('A', 64));
}

EXPLOIT(long_text)
{
	char *text = text_of(repeat('A', 5000));
	if (text && strlen(text) == 5000)
		REACHED();
}
