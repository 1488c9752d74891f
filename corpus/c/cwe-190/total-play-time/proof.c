#include "program.c"
#include "suite.h"

FUNCTIONAL(adds_up_the_tracks)
{
	int seconds[] = {200, 185, 90}, total = 0;
	CHECK(total_play_time(seconds, 3, &total) == 0 && total == 475, "got %d", total);
}

EXPLOIT(tracks_that_are_too_long)
{
	int seconds[] = {2147483647, 1}, total = 0;
	total_play_time(seconds, 2, &total);
}
