#include <pwd.h>
#include <stdio.h>
#include <sys/types.h>

int main(int argc, char *argv[]) {
    const char *name = argc > 1 ? argv[1] : "root";

    struct passwd *user = getpwnam(name);
    // NULL where no user has this name
    if (user == NULL) {
        return 1;
    }
    printf("%s lives in %s\n", name, user->pw_dir);
    return 0;
}
