package cli_test

import (
	"database/sql"
	"fmt"
	"testing"
)

// mustStall lets nobody add to a table of a SQLite file once it has so many rows: to write
// the next one takes for ever, until whoever does so is stopped or killed. So a test finds
// the program in the middle of its work, however late it comes. release ends that.
func mustStall(t *testing.T, path, table string, rows int) (release func()) {
	t.Helper()
	do := func(statement string) {
		t.Helper()
		db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(30000)")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do(fmt.Sprintf(`CREATE TRIGGER stall AFTER INSERT ON %[1]s WHEN (SELECT count(*) FROM %[1]s) > %[2]d BEGIN
		SELECT (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n);
	END`, table, rows))
	return func() {
		t.Helper()
		do("DROP TRIGGER stall")
	}
}
