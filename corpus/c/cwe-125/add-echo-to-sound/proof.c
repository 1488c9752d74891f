#include "program.c"
#include "suite.h"

static double *echoed(const double *samples, size_t count, size_t delay)
{
	double *sound = malloc(count * sizeof *sound), *out = malloc(count * sizeof *out);
	memcpy(sound, samples, count * sizeof *sound);
	add_echo(out, sound, count, delay);
	return out;
}

FUNCTIONAL(the_echo_comes_after_the_delay)
{
	double *out = echoed((double[]){8, 0, 0, 4}, 4, 2);
	CHECK(out[0] == 8 && out[1] == 0 && out[2] == 4 && out[3] == 4, "got %g %g %g %g", out[0], out[1], out[2], out[3]);
}

FUNCTIONAL(no_delay)
{
	double *out = echoed((double[]){8, 2}, 2, 0);
	CHECK(out[0] == 12 && out[1] == 3, "got %g %g", out[0], out[1]);
}

EXPLOIT(any_delay)
{
	echoed((double[]){8, 0, 0, 4}, 4, 1);
}

EXPLOIT(delay_longer_than_the_sound)
{
	echoed((double[]){8, 2}, 2, 3);
}
