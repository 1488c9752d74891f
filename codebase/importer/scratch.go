package importer

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// A scratch is a database in a temporary file, for what has to be put in another
// order before it can be read: memory stays small whatever the size. Close removes
// it.
type scratch struct {
	*sql.DB
	dir string
	tx  *sql.Tx
	// inserts are the prepared statements by table; pending counts the rows of tx.
	inserts map[string]*sql.Stmt
	pending int
}

// newScratch makes the tables, all of whose columns are texts.
func newScratch(ctx context.Context, tables map[string][]string) (*scratch, error) {
	dir, err := os.MkdirTemp("", "seccoder-import-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary database: %w", err)
	}
	s := &scratch{dir: dir, inserts: map[string]*sql.Stmt{}}
	if s.DB, err = openSQLite(filepath.Join(dir, "scratch.db"), url.Values{"_pragma": {
		"journal_mode(OFF)", "synchronous(OFF)", "cache_size(-32768)", "locking_mode(EXCLUSIVE)",
	}}); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	s.SetMaxOpenConns(1)
	for table, columns := range tables {
		if _, err := s.ExecContext(ctx, fmt.Sprintf("CREATE TABLE %s (%s TEXT)", table, strings.Join(columns, " TEXT, "))); err != nil {
			s.close()
			return nil, fmt.Errorf("make a temporary database in %s: %w", dir, err)
		}
	}
	return s, nil
}

// openSQLite opens a database file. Nothing of what its schema says is trusted.
func openSQLite(path string, settings url.Values) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	settings.Add("_pragma", "trusted_schema(0)")
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: slashed, RawQuery: settings.Encode()}).String())
}

// transaction is how many rows are written at once.
const transaction = 10_000

// insert adds a row.
func (s *scratch) insert(ctx context.Context, table string, values ...any) error {
	if s.tx == nil {
		tx, err := s.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		s.tx = tx
	}
	insert := s.inserts[table]
	if insert == nil {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
		var err error
		if insert, err = s.tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", table, marks)); err != nil {
			return err
		}
		s.inserts[table] = insert
	}
	if _, err := insert.ExecContext(ctx, values...); err != nil {
		return fmt.Errorf("write the temporary database in %s: %w", s.dir, err)
	}
	if s.pending++; s.pending >= transaction {
		return s.flush()
	}
	return nil
}

// flush ends the writing of rows.
func (s *scratch) flush() error {
	if s.tx == nil {
		return nil
	}
	err := s.tx.Commit()
	s.tx, s.pending = nil, 0
	clear(s.inserts)
	return err
}

func (s *scratch) close() {
	if s.tx != nil {
		_ = s.tx.Rollback()
	}
	_ = s.Close()
	_ = os.RemoveAll(s.dir)
}
