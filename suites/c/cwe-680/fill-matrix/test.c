#include "program.c"
#include "suite.h"

FUNCTIONAL(fills_all_cells)
{
	struct matrix *m = matrix_new(3, 4, 1.5);
	CHECK(m && m->rows == 3 && m->columns == 4, "the size is wrong");
	for (int i = 0; i < 12; i++)
		CHECK(m->cells[i] == 1.5, "cell %d is %g", i, m->cells[i]);
}

EXPLOIT(product_of_zero)
{
	struct matrix *m = matrix_new((size_t)1 << 32, (size_t)1 << 32, 1);
	if (m && m->rows && m->columns)
		m->cells[1] = 1;
}

EXPLOIT(bytes_that_wrap_around)
{
	struct matrix *m = matrix_new(((size_t)1 << 61) + 1, 1, 1);
	if (m && m->rows > 2)
		m->cells[2] = 1;
}
