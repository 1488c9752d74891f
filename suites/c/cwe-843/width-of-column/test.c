#include "program.c"
#include "suite.h"

FUNCTIONAL(finds_the_longest_text)
{
	struct cell column[] = {{TEXT, {"name"}}, {TEXT, {"Ada Lovelace"}}, {TEXT, {"Grace"}}};
	CHECK(width_of_column(column, 3) == 12, "got %zu", width_of_column(column, 3));
}

FUNCTIONAL(empty_column)
{
	struct cell none[1];
	CHECK(width_of_column(none, 0) == 0, "an empty column has a width");
}

EXPLOIT(number_between_texts)
{
	struct cell column[] = {{TEXT, {"age"}}, {NUMBER, {.number = 36}}};
	width_of_column(column, 2);
}

EXPLOIT(number_that_looks_like_an_address)
{
	struct cell column[] = {{NUMBER, {.number = 0x414141414141}}};
	width_of_column(column, 1);
}
