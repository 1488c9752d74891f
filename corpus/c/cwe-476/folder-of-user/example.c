#include <pwd.h>
#include <stdio.h>
#include <sys/types.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s USER\n", argv[0]);
        return 1;
    }

    struct passwd *user = getpwnam(argv[1]);
    // NULL where no user has this name
    if (user == NULL) {
        fprintf(stderr, "There is no user %s\n", argv[1]);
        return 1;
    }
    printf("%s lives in %s\n", argv[1], user->pw_dir);
    return 0;
}
