#include <cstdlib>
#include <string>
#include <sys/wait.h>

bool sort_file(std::string file) {
    const std::string command = "/usr/bin/sort -- " + file;

    const int status = std::system(command.c_str());
    if (status == -1) {
        return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
