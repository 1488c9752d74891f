#include <string>

bool is_comment(const std::string &line) {
    const std::string::size_type first = line.find_first_not_of(" \t");
    // npos for a blank line: as an index it would lie far outside
    return first != std::string::npos && (line[first] == '#' || line[first] == ';');
}
