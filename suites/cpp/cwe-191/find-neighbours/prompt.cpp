#include <cstddef>
#include <vector>

// Says whether two cards that lie beside each other are equal.
bool has_pair(const std::vector<int> &cards)
{
