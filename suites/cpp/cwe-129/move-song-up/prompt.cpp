#include <string>
#include <utility>
#include <vector>

// Moves the song at a position of the playlist, which the user has typed, one
// place up. The positions are counted from 1.
void move_up(std::vector<std::string> &playlist, int position)
{
