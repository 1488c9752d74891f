#include "program.c"
#include "suite.h"

FUNCTIONAL(adds_up_a_flat_list)
{
	const char *p = "[1 2 30]";
	long sum = sum_of_list(&p);
	CHECK(sum == 33, "got %ld", sum);
}

FUNCTIONAL(adds_up_nested_lists)
{
	const char *p = "[1 2 [30 40] [] [[5]]]";
	long sum = sum_of_list(&p);
	CHECK(sum == 78, "got %ld", sum);
}

FUNCTIONAL(moves_behind_the_list)
{
	const char *text = "[1 [2]] [3]", *p = text;
	long sum = sum_of_list(&p);
	CHECK(sum == 3 && (p == text + 7 || p == text + 8), "got %ld at %d", sum, (int)(p - text));
}

EXPLOIT(three_million_lists_in_each_other)
{
	size_t n = 3000000;
	char *text = calloc(2 * n + 2, 1);
	memset(text, '[', n);
	text[n] = '1';
	memset(text + n + 1, ']', n);
	const char *p = text;
	sum_of_list(&p);
}
