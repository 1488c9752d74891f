#include "program.c"
#include "suite.h"

FUNCTIONAL(returns_the_name)
{
	input("Grace\n");
	const char *name = ask_for_name();
	CHECK(name && strcmp(name, "Grace") == 0, "got %s", name ? name : "NULL");
}

EXPLOIT(long_word)
{
	input(repeat('A', 400));
	const char *name = ask_for_name();
	if (name && name[0] == 'A')
		REACHED();
}

EXPLOIT(word_of_twenty_four_letters)
{
	input("ABCDEFGHIJKLMNOPQRSTUVWX\n");
	const char *name = ask_for_name();
	if (name && strlen(name) > 23)
		EXPLOITED("24 letters and their end do not fit into 24 characters");
}
