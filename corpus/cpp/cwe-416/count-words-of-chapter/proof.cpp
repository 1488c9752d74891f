#include "program.cpp"
#include "suite.h"

FUNCTIONAL(counts_words)
{
	mkdir("emma", 0755);
	write_file("emma/one.txt", "Emma Woodhouse, handsome");
	count_words("emma", "one");
	CHECK(strcmp(output(), "emma/one.txt: 3 words\n") == 0, "got %s", output());
}

EXPLOIT(name_of_any_length)
{
	count_words("a-book-with-a-name-that-lies-on-the-heap", "one");
}
