#include "program.c"
#include "suite.h"

FUNCTIONAL(loads_a_profile)
{
	struct profile p = {NULL, NULL};
	input("Ada\nFirst things first\n");
	CHECK(profile_load(&p, stdin) == 0, "it was not loaded");
	CHECK(strcmp(p.name, "Ada") == 0 && strcmp(p.motto, "First things first") == 0, "got %s and %s", p.name, p.motto);
	profile_free(&p);
}

FUNCTIONAL(says_that_there_is_nothing)
{
	struct profile p = {NULL, NULL};
	input("");
	CHECK(profile_load(&p, stdin) == -1, "nothing was loaded as a profile");
}

EXPLOIT(profile_of_one_line)
{
	input("Ada\n");
	program_main();
}

EXPLOIT(empty_profile)
{
	input("");
	program_main();
}
