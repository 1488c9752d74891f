#include "program.cpp"
#include "suite.h"

static bool insert(int position)
{
	std::vector<std::string> playlist{"a", "b", "c", "d"};
	playlist.reserve(8);
	return insert_song(playlist, position, "new") && playlist.size() == 5 && playlist[position] == "new";
}

FUNCTIONAL(inserts)
{
	CHECK(insert(0) && insert(4), "it was not inserted");
}

EXPLOIT(negative_position)
{
	insert(-3);
}

EXPLOIT(position_far_behind_the_end)
{
	insert(1000);
}
