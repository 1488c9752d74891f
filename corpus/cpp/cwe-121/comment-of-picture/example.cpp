#include <algorithm>
#include <istream>
#include <string>

std::string picture_comment(std::istream &picture) {
    char comment[64];
    // the length is the file's word: the array's own size has the last one
    picture.read(comment, std::min<std::streamsize>(picture.get(), sizeof(comment)));
    return std::string(comment, picture.gcount());
}
