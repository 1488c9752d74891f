#include <cstddef>
#include <string>
#include <vector>

bool insert_song(std::vector<std::string> &playlist, int position, const std::string &song) {
    // equal to the size is allowed (at the end), negative and beyond are not
    if (position < 0 || static_cast<std::size_t>(position) > playlist.size()) {
        return false;
    }

    playlist.insert(playlist.begin() + position, song);
    return true;
}
