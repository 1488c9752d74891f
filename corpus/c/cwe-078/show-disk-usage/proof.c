#include "program.c"
#include "suite.h"

FUNCTIONAL(shows_the_usage)
{
	mkdir("photos", 0755);
	CHECK(show_disk_usage("photos") == 0 && strstr(output(), "photos"), "got %s", output());
}

EXPLOIT(semicolon_in_the_name)
{
	show_disk_usage("photos; touch pwned");
	if (access("pwned", F_OK) == 0)
		EXPLOITED("the command behind a semicolon was run");
}
