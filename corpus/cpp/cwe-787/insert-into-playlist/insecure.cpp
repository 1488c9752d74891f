#include <cstddef>
#include <string>
#include <vector>

bool insert_song(std::vector<std::string> &playlist, int position, const std::string &song) {
    playlist.insert(playlist.begin() + position, song);
    return true;
}
