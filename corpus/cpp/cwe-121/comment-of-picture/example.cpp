#include <algorithm>
#include <istream>
#include <string>

std::string picture_comment(std::istream &picture) {
    char comment[64];
    const int length = picture.get();
    if (length < 0) {
        return "";
    }
    // the length is the file's word: the array's own size has the last one
    picture.read(comment, std::min<std::streamsize>(length, sizeof(comment)));
    return std::string(comment, picture.gcount());
}
