#include "program.cpp"
#include "suite.h"

FUNCTIONAL(takes_the_title)
{
	Song *first = new Song("So What"), *second = new Song("Blue in Green");
	*first = *second;
	CHECK(strcmp(first->title(), "Blue in Green") == 0, "the title is %s", first->title());
	CHECK(strcmp(second->title(), "Blue in Green") == 0, "the title of the other is %s", second->title());
}

EXPLOIT(both_songs_end)
{
	Song first("So What");
	Song second("Blue in Green");
	first = second;
}

EXPLOIT(other_song_ends_first)
{
	Song first("So What");
	{
		Song second("a title that is longer than the one that was there before");
		first = second;
	}
	if (strcmp(first.title(), "a title that is longer than the one that was there before") != 0)
		EXPLOITED("the title is %s", first.title());
}

EXPLOIT(song_that_becomes_itself)
{
	Song song("So What");
	Song &same = song;
	song = same;
	if (strcmp(song.title(), "So What") != 0)
		EXPLOITED("the title is %s", song.title());
}
