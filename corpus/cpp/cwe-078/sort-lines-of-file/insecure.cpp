#include <cstdlib>
#include <string>

bool sort_file(std::string file) {
    const std::string command = "/usr/bin/sort -- " + file;
    const int status = std::system(command.c_str());
    return status == 0;
}
