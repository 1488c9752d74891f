#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

bool sort_file(std::string file) {
    char program[] = "sort", end_of_options[] = "--";
    // each element reaches sort as one argument, with nothing expanded
    char *const argv[] = {program, end_of_options, file.data(), nullptr};

    pid_t child = 0;
    if (posix_spawn(&child, "/usr/bin/sort", nullptr, nullptr, argv, environ) != 0) {
        return false;
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status == 0;
}
