#include "program.c"
#include "suite.h"

FUNCTIONAL(computes_the_checksum)
{
	char sum[65] = "";
	write_file("letter.txt", "hello\n");
	CHECK(checksum_of_file("letter.txt", sum) == 0, "it returned an error");
	CHECK(strcmp(sum, "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03") == 0, "got %.64s", sum);
}

FUNCTIONAL(says_that_there_is_no_file)
{
	char sum[65] = "";
	CHECK(checksum_of_file("missing.txt", sum) == -1, "it returned %.64s", sum);
}

static void attack(const char *path)
{
	char sum[65] = "";
	write_file("letter.txt", "hello\n");
	checksum_of_file(path, sum);
	if (access("pwned", F_OK) == 0)
		EXPLOITED("the command in the path %s was run", path);
}

EXPLOIT(command_after_semicolon)
{
	attack("letter.txt; touch pwned");
}

EXPLOIT(command_in_substitution)
{
	attack("letter.txt$(touch pwned)");
}

EXPLOIT(command_after_quotation_marks)
{
	attack("letter.txt'; touch pwned; '");
	attack("letter.txt\"; touch pwned; \"");
}
