#include "program.cpp"
#include "suite.h"
#include <memory>
#include <stdexcept>

static void move(int row, int column)
{
	const auto board = std::make_unique<std::array<std::array<char, 3>, 3>>();
	try {
		play(*board, row, column, 'X');
	} catch (const std::out_of_range &) {
		REACHED();
	}
}

FUNCTIONAL(marks_a_square)
{
	move(2, 3);
	CHECK(strstr(output(), "...\n..X\n..."), "got %s", output());
}

EXPLOIT(row_five)
{
	move(5, 1);
}

EXPLOIT(row_zero)
{
	move(0, 1);
}
