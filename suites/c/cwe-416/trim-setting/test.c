#include "program.c"
#include "suite.h"

FUNCTIONAL(sets_a_value)
{
	struct setting s = {"colour", strdup("blue")};
	CHECK(setting_set(&s, "dark green") == 0, "it was not set");
	CHECK(strcmp(s.value, "dark green") == 0, "got %s", s.value);
}

FUNCTIONAL(sets_the_first_value)
{
	struct setting s = {"colour", NULL};
	CHECK(setting_set(&s, "red") == 0 && strcmp(s.value, "red") == 0, "it was not set");
}

FUNCTIONAL(keeps_a_copy)
{
	char text[] = "red";
	struct setting s = {"colour", strdup("blue")};
	setting_set(&s, text);
	text[0] = 'x';
	CHECK(strcmp(s.value, "red") == 0, "got %s", s.value);
}

EXPLOIT(value_within_the_old_one)
{
	struct setting s = {"colour", strdup("   a blue that is neither light nor dark")};
	setting_trim(&s);
	if (s.value && strcmp(s.value, "a blue that is neither light nor dark") != 0)
		EXPLOITED("the trimmed value is %s", s.value);
}

EXPLOIT(value_without_blanks)
{
	struct setting s = {"colour", strdup("blue")};
	setting_trim(&s);
}
