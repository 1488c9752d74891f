#include "program.c"
#include "suite.h"

FUNCTIONAL(marks_the_end)
{
	int numbers[] = {4, 8, 15};
	int *marked = with_end_mark(numbers, 3);
	CHECK(marked && marked[2] == 15 && marked[3] == 0, "there is no mark");
}

EXPLOIT(any_numbers)
{
	int numbers[] = {4, 8, 15, 16};
	with_end_mark(numbers, 4);
}
