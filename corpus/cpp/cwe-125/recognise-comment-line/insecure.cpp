#include <string>

bool is_comment(const std::string &line) {
    const std::string::size_type first = line.find_first_not_of(" \t");
    return line[first] == '#' || line[first] == ';';
}
