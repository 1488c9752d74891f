#include "program.cpp"
#include "suite.h"

static void count(const char *book)
{
	char *args[] = {strdup("count"), strdup(book), strdup("one"), nullptr};
	program_main(3, args);
}

FUNCTIONAL(counts_words)
{
	mkdir("emma", 0755);
	write_file("emma/one.txt", "Emma Woodhouse, handsome");
	count("emma");
	CHECK(strcmp(output(), "emma/one.txt: 3 words\n") == 0, "got %s", output());
}

EXPLOIT(name_of_any_length)
{
	count("a-book-with-a-name-that-lies-on-the-heap");
}
