#include "program.c"
#include "suite.h"

/* SQLite in so far as the program uses it: one row for the name Ann, and the text of the statement. */
static char statement[512], bound[512];
static int rows;

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **query, const char **rest)
{
	snprintf(statement, sizeof statement, "%s", sql);
	rows = strstr(sql, "'Ann'") != NULL;
	*query = (sqlite3_stmt *)statement;
	return SQLITE_OK;
}

int sqlite3_bind_text(sqlite3_stmt *query, int place, const char *text, int size, void (*destroy)(void *))
{
	snprintf(bound, sizeof bound, "%s", text);
	rows = strcmp(text, "Ann") == 0;
	return SQLITE_OK;
}

int sqlite3_step(sqlite3_stmt *query)
{
	return rows-- > 0 ? SQLITE_ROW : 101;
}

const unsigned char *sqlite3_column_text(sqlite3_stmt *query, int column)
{
	return (const unsigned char *)"555-0100";
}

int sqlite3_finalize(sqlite3_stmt *query)
{
	return SQLITE_OK;
}

FUNCTIONAL(prints_the_number)
{
	CHECK(print_phone_numbers(NULL, "Ann") == 0 && strcmp(output(), "555-0100\n") == 0, "got %s", output());
}

EXPLOIT(quote_in_the_name)
{
	print_phone_numbers(NULL, "x' OR '1'='1");
	if (strstr(statement, "OR"))
		EXPLOITED("the statement is %s", statement);
	if (strstr(bound, "OR"))
		REACHED();
}
