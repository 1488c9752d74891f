#include "program.c"
#include "suite.h"

FUNCTIONAL(counts_vowels)
{
	CHECK(count_vowels("Ottawa") == 3, "got %d", (int)count_vowels("Ottawa"));
}

EXPLOIT(no_text)
{
	count_vowels(NULL);
}
