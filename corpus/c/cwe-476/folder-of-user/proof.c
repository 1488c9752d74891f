#include <pwd.h>
#include <string.h>

/* The users of the machine are not the proof's business. */
static struct passwd *one_user(const char *name)
{
	static char home[] = "/home/ann";
	static struct passwd ann;
	ann.pw_dir = home;
	return strcmp(name, "ann") == 0 ? &ann : NULL;
}

#define getpwnam one_user
#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_the_folder)
{
	char *args[] = {"folder", "ann", NULL};
	CHECK(program_main(2, args) == 0 && strcmp(output(), "ann lives in /home/ann\n") == 0, "got %s", output());
}

EXPLOIT(name_that_nobody_has)
{
	char *args[] = {"folder", "bob", NULL};
	program_main(2, args);
}
