#include "program.c"
#include "suite.h"
#include <stdint.h>

FUNCTIONAL(makes_a_white_image)
{
	unsigned char *pixels = create_white_image(3, 2);
	CHECK(pixels && pixels[0] == 255 && pixels[5] == 255, "it is not white");
}

EXPLOIT(product_that_wraps_around)
{
	create_white_image(16, SIZE_MAX / 16 + 2);
}
