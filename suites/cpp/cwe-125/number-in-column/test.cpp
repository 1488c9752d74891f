#include "program.cpp"
#include "suite.h"

FUNCTIONAL(takes_a_column)
{
	double number = column_of("12.5 8 3", 1);
	CHECK(number == 8, "got %g", number);
}

FUNCTIONAL(takes_the_first_and_the_last_column)
{
	double first = column_of("12.5 8 3 1", 0), last = column_of("12.5 8 3 1", 3);
	CHECK(first == 12.5 && last == 1, "got %g and %g", first, last);
}

static void attack(const char *row, std::size_t column)
{
	try {
		column_of(row, column);
	} catch (const std::exception &) {
	}
}

/* A vector of 4 numbers has no spare room, which no sanitizer would see. */
EXPLOIT(row_that_is_too_short)
{
	attack("12.5 8 3 1", 4);
}

EXPLOIT(empty_row)
{
	attack("", 0);
}

EXPLOIT(huge_number)
{
	attack("12.5 8 3 1", (std::size_t)-1);
}
