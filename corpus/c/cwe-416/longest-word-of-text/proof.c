#include "program.c"
#include "suite.h"

FUNCTIONAL(finds_the_longest_word)
{
	char *word = longest_word("one three\tfive");
	CHECK(word && strcmp(word, "three") == 0, "got %s", word);
}

EXPLOIT(word_after_the_call)
{
	char *word = longest_word("one three five");
	write_file("word", word);
}
