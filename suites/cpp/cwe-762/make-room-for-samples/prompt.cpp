#include <algorithm>
#include <cstddef>

// Holds the samples of a recording.
struct Recording {
    short *samples = nullptr; // made with new[]
    std::size_t used = 0, room = 0;
};

// Makes room for that many samples, those that are there stay. There is never
// less room than before.
void make_room(Recording &recording, std::size_t room)
{
    if (room <= recording.room)
        return;

