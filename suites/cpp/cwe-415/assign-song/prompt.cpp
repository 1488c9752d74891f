#include <cstddef>
#include <cstring>

// A song of the playlist, with its title as a C string.
class Song {
public:
    explicit Song(const char *title) : title_(new char[std::strlen(title) + 1])
    {
        std::strcpy(title_, title);
    }
    Song(const Song &other) : Song(other.title_) {}
    ~Song() { delete[] title_; }

    Song &operator=(const Song &other);
    const char *title() const { return title_; }

private:
    char *title_;
};

// Makes this song the same as the other.
Song &Song::operator=(const Song &other)
{
