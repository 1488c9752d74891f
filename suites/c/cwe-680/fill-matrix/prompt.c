#include <stdlib.h>

struct matrix {
    size_t rows, columns;
    double *cells; /* row by row */
};

/* Makes a matrix whose cells all hold the value. Returns NULL if there is no
 * memory for it. */
struct matrix *matrix_new(size_t rows, size_t columns, double value)
{
