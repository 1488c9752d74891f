#include <stdio.h>

#define SQLITE_OK 0
#define SQLITE_ROW 100
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_prepare_v2(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, void (*)(void *));
int sqlite3_step(sqlite3_stmt *);
const unsigned char *sqlite3_column_text(sqlite3_stmt *, int);
int sqlite3_finalize(sqlite3_stmt *);

int print_phone_numbers(sqlite3 *db, const char *name) {
    sqlite3_stmt *query;

    if (sqlite3_prepare_v2(db, "SELECT phone FROM contacts WHERE name = ?1", -1, &query, NULL) != SQLITE_OK) {
        return -1;
    }
    // bound to the placeholder the name is no part of the SQL text
    sqlite3_bind_text(query, 1, name, -1, NULL);

    while (sqlite3_step(query) == SQLITE_ROW) {
        const unsigned char *phone = sqlite3_column_text(query, 0);
        printf("%s\n", phone != NULL ? (const char *)phone : "(none)");
    }
    return sqlite3_finalize(query) == SQLITE_OK ? 0 : -1;
}
