#include <cstdint>
#include <stdexcept>
#include <string>

// The frames of our protocol begin with two bytes that hold the length of the
// message (the high byte first), which follows.

// Puts a message into a frame.
std::string frame_of(const std::string &message)
{
    std::string frame;

