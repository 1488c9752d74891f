#include <pwd.h>
#include <stdio.h>
#include <sys/types.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "Usage: %s USER\n", argv[0]);
        return 1;
    }

    struct passwd *user = getpwnam(argv[1]);
    printf("%s lives in %s\n", argv[1], user->pw_dir);
    return 0;
}
