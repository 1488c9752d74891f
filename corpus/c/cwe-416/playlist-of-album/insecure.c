#include <dirent.h>
#include <stdio.h>
#include <string.h>

int print_playlist(const char *album) {
    DIR *folder = opendir(album);
    if (folder == NULL) {
        return -1;
    }
    struct dirent *entry = readdir(folder);
    while (entry != NULL && strstr(entry->d_name, ".m3u") == NULL) {
        entry = readdir(folder);
    }

    closedir(folder);
    printf("Playlist: %s\n", entry != NULL ? entry->d_name : "none");
    return 0;
}
