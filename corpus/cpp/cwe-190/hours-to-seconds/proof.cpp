#include "program.cpp"
#include "suite.h"

static void convert(const char *hours)
{
	char *args[] = {strdup("hours"), strdup(hours), nullptr};
	program_main(2, args);
}

FUNCTIONAL(converts)
{
	convert("2");
	CHECK(strcmp(output(), "7200 seconds\n") == 0, "got %s", output());
}

EXPLOIT(many_hours)
{
	convert("600000");
}
