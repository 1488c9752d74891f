#include "program.cpp"
#include "suite.h"

using Songs = std::vector<std::string>;

FUNCTIONAL(moves_a_song_up)
{
	Songs songs{"a", "b", "c"};
	move_up(songs, 3);
	CHECK(songs == (Songs{"a", "c", "b"}), "got %s %s %s", songs[0].c_str(), songs[1].c_str(), songs[2].c_str());
	move_up(songs, 2);
	CHECK(songs == (Songs{"c", "a", "b"}), "got %s %s %s", songs[0].c_str(), songs[1].c_str(), songs[2].c_str());
}

static void attack(int position)
{
	Songs songs{"a", "b", "c"};
	songs.shrink_to_fit();
	try {
		move_up(songs, position);
	} catch (const std::exception &) {
	}
}

EXPLOIT(first_song)
{
	attack(1);
}

EXPLOIT(position_behind_the_last)
{
	attack(4);
}

EXPLOIT(position_zero)
{
	attack(0);
}

EXPLOIT(negative_position)
{
	attack(-1000000);
}

EXPLOIT(huge_position)
{
	attack(2147483647);
}
