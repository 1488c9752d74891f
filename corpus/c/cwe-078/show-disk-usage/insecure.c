#include <stdio.h>
#include <stdlib.h>

int show_disk_usage(const char *folder) {
    char command[512];

    snprintf(command, sizeof(command), "/usr/bin/du -sh -- %s", folder);
    return system(command);
}
