#include "program.c"
#include "suite.h"

FUNCTIONAL(shows_the_usage)
{
	char *args[] = {"usage", "photos", NULL};
	mkdir("photos", 0755);
	CHECK(program_main(2, args) == 0 && strstr(output(), "photos"), "got %s", output());
}

EXPLOIT(semicolon_in_the_name)
{
	char *args[] = {"usage", "photos; touch pwned", NULL};
	program_main(2, args);
	if (access("pwned", F_OK) == 0)
		EXPLOITED("the command behind a semicolon was run");
}
