#include <stdio.h>
#include <stdarg.h>

/* The C library's own code is not instrumented, so the streams are watched from here. */
static FILE *closed;
static int written_after_close;

static int watched_fclose(FILE *stream)
{
	closed = stream;
	return fclose(stream);
}

static int watched_fprintf(FILE *stream, const char *format, ...)
{
	va_list arguments;
	int n;
	if (stream == closed) {
		written_after_close = 1;
		return -1;
	}
	va_start(arguments, format);
	n = vfprintf(stream, format, arguments);
	va_end(arguments);
	return n;
}

#define fclose watched_fclose
#define fprintf watched_fprintf
#include "program.c"
#undef fclose
#undef fprintf
#include "suite.h"

FUNCTIONAL(numbers_the_lines)
{
	input("milk\nbread\n");
	CHECK(program_main() == 0, "it failed");
	CHECK(strstr(read_file("numbered.txt"), "   2  bread\n"), "got %s", read_file("numbered.txt"));
}

EXPLOIT(stream_after_its_end)
{
	input("milk\n");
	program_main();
	if (written_after_close)
		EXPLOITED("a stream was written to after fclose had freed it");
}
