#include "program.c"
#include "suite.h"

FUNCTIONAL(prints_the_name_in_a_frame)
{
	print_place_card("Ada Lovelace");
	CHECK(strstr(output(), "# Ada Lovelace #"), "it printed %s", output());
}

EXPLOIT(long_name)
{
	print_place_card(repeat('A', 300));
	if (strstr(output(), "AAAAAAAA"))
		REACHED();
}

EXPLOIT(name_that_just_does_not_fit)
{
	for (int n = 40; n <= 56; n++)
		print_place_card(repeat('A', n));
}
