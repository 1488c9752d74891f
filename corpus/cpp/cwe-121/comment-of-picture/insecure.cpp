#include <istream>
#include <string>

std::string picture_comment(std::istream &picture) {
    char comment[64];
    const int length = picture.get();
    if (length < 0) {
        return "";
    }
    picture.read(comment, length);
    return std::string(comment, picture.gcount());
}
