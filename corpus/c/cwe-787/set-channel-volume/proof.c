#include "program.c"
#include "suite.h"

static int set(int channel)
{
	int *channels = calloc(4, sizeof *channels);
	return set_volume(channels, 4, channel, 70) == 0 ? channels[channel] : -1;
}

FUNCTIONAL(sets_the_volume)
{
	CHECK(set(3) == 70, "got %d", set(3));
}

EXPLOIT(negative_channel)
{
	set(-2);
}

EXPLOIT(channel_behind_the_last)
{
	set(4);
}
