#include "program.c"
#include "suite.h"

FUNCTIONAL(measures_words)
{
	input("a longer word\n");
	CHECK(program_main() == 0 && strstr(output(), "has 6 letters"), "got %s", output());
}

EXPLOIT(word_of_200_letters)
{
	input(repeat('A', 200));
	program_main();
}
