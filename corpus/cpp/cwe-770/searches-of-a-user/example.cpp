#include <cstddef>
#include <deque>
#include <string>

std::size_t remember_search(std::deque<std::string> &searches, const std::string &words) {
    // bounded in length and in number, since a client may search all day
    searches.push_back(words.substr(0, 200));
    if (searches.size() > 20) {
        searches.pop_front();
    }
    return searches.size();
}
