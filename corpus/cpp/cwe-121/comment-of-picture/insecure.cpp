#include <istream>
#include <string>

std::string picture_comment(std::istream &picture) {
    char comment[64];
    picture.read(comment, picture.get());
    return std::string(comment, picture.gcount());
}
