#include "program.c"
#include "suite.h"

FUNCTIONAL(writes_the_token)
{
	CHECK(keep_login_token("token", "tk-81f0c2") == 0, "it returned an error");
	char *text = read_file("token");
	CHECK(text && strncmp(text, "tk-81f0c2", 9) == 0, "the file holds %s", text ? text : "nothing");
}

FUNCTIONAL(says_that_it_failed)
{
	CHECK(keep_login_token("no/such/folder/token", "tk-81f0c2") == -1, "a token was kept in no folder");
}

EXPLOIT(read_by_other_users)
{
	struct stat info;
	umask(022);
	keep_login_token("token", "tk-81f0c2");
	if (stat("token", &info) != 0)
		return;
	if (info.st_mode & 077)
		EXPLOITED("the mode of the file is %03o: other users can read it", (unsigned)info.st_mode & 0777);
	REACHED();
}
