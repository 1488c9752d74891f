#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char command[256];
    snprintf(command, sizeof command, "nslookup %s", argv[1]);
    // ruleid: seccoder.c.command-injection
    system(command);
    // ruleid: seccoder.c.command-injection
    popen(getenv("PAGER"), "w");
    // ok: seccoder.c.command-injection
    system("uptime");
    // ok: seccoder.c.command-injection
    execl("/usr/bin/nslookup", "nslookup", argv[1], (char *)NULL);
    return 0;
}

void ask(void) {
    char name[64], command[128];
    if (fgets(name, sizeof name, stdin)) {
        snprintf(command, sizeof command, "nslookup %s", name);
        // ruleid: seccoder.c.command-injection
        system(command);
    }
}

void count(const char *name) {
    char command[256];
    sprintf(command, "wc -l %d", 3);
    // ok: seccoder.c.command-built
    system(command);
    snprintf(command, sizeof command, "wc -l %s", name);
    // ruleid: seccoder.c.command-built
    system(command);
}

int find(sqlite3 *db, const char *name, int id) {
    char query[256];
    snprintf(query, sizeof query, "SELECT * FROM users WHERE id = %d", id);
    // ok: seccoder.c.sql-built
    sqlite3_exec(db, query, NULL, NULL, NULL);
    snprintf(query, sizeof query, "SELECT * FROM users WHERE name = '%s'", name);
    // ruleid: seccoder.c.sql-built
    sqlite3_exec(db, query, NULL, NULL, NULL);
    sqlite3_stmt *statement;
    // ok: seccoder.c.sql-built
    sqlite3_prepare_v2(db, "SELECT * FROM users WHERE name = ?", -1, &statement, NULL);
    return sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
}

int main(int count, char **words)
{
    if (count < 2)
        return 1;
    // ruleid: seccoder.c.command-injection
    return system(words[1]);
}
