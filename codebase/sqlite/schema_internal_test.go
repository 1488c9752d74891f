package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/storetest"
)

// mustMigrations returns the program's migrations and some more.
func mustMigrations(t *testing.T, more ...migration) []migration {
	t.Helper()
	migrations, err := embeddedMigrations()
	if err != nil {
		t.Fatal(err)
	}
	return append(migrations, more...)
}

// later stands for what a later version of the program would do.
const later migration = `ALTER TABLE example ADD COLUMN worth REAL NOT NULL DEFAULT 1;
	CREATE INDEX example_worth ON example (worth);
	UPDATE example SET worth = 2;`

func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	all := storetest.Numbered(10)
	old, err := open(t.Context(), path, Options{}, mustMigrations(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Add(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	old.Close()
	// Several openers at once, as several processes would be: all must succeed.
	stores := make([]*Store, 6)
	var group sync.WaitGroup
	for i := range stores {
		group.Go(func() {
			store, err := open(t.Context(), path, Options{}, mustMigrations(t, later))
			if err != nil {
				t.Errorf("opener %d: %v", i, err)
				return
			}
			stores[i] = store
		})
	}
	group.Wait()
	if t.Failed() {
		return
	}
	var sum float64
	if err := stores[0].db.QueryRow("SELECT sum(worth) FROM example").Scan(&sum); err != nil || sum != 20 {
		t.Errorf("sum %v, error %v; want that the new column holds 2 in each of 10 rows", sum, err)
	}
	if e, err := stores[1].Get(t.Context(), all[3].ID); err != nil || e.Code != all[3].Code {
		t.Errorf("Get after the migration: %v, %v", e, err)
	}
	for _, store := range stores {
		store.Close()
	}
	_, err = Open(t.Context(), path, Options{})
	if !errors.Is(err, codebase.ErrNewerSchema) {
		t.Errorf("the older program's Open: error %v, want ErrNewerSchema", err)
	}
}

func TestMigrateFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	old, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Add(t.Context(), storetest.Numbered(3)...); err != nil {
		t.Fatal(err)
	}
	old.Close()
	_, err = open(t.Context(), path, Options{}, mustMigrations(t, later, "CREATE TABLE half (x); SELECT nonsense"))
	if err == nil || !strings.Contains(err.Error(), "version 4") {
		t.Errorf("error %v, want one that names version 4", err)
	}
	store, err := Open(t.Context(), path, Options{}) // the old version is still there
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var tables int
	if err := store.db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 'example_worth')").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("the failed migration left %d things behind (%v)", tables, err)
	}
}

// TestBeforeQuarantine brings a store of the first version up to date, which the first
// program then refuses, as it would not know what is held.
func TestBeforeQuarantine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	first := mustMigrations(t)[:1]
	all := storetest.Numbered(10)
	old, err := open(t.Context(), path, Options{}, first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Add(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	old.Close()
	store, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	held := codebase.Held{Example: storetest.Example("c", "int held;\n")}
	if n, err := store.Hold(t.Context(), "tester", held); n != 1 || err != nil {
		t.Errorf("Hold = %d, %v", n, err)
	}
	for _, want := range all {
		if e, err := store.Get(t.Context(), want.ID); err != nil || e.Code != want.Code {
			t.Errorf("Get after the migration: %v", err)
		}
	}
	copied := path + ".copy"
	if err := store.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	store.Close()
	for _, name := range []string{path, copied} {
		_, err = open(t.Context(), name, Options{}, first)
		if !errors.Is(err, codebase.ErrNewerSchema) || !strings.Contains(err.Error(), "its schema is version 2, this program knows up to 1") {
			t.Errorf("the first program's open: error %v, want ErrNewerSchema", err)
		}
	}
	restored, err := Open(t.Context(), copied, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if h, err := restored.GetHeld(t.Context(), held.Example.ID); err != nil || h.State != codebase.Waiting || len(h.History) != 1 {
		t.Errorf("in the restored copy: %+v, %v", h, err)
	}
}

// TestSettings checks what durability and deletion rest on, on each connection.
func TestSettings(t *testing.T) {
	store, err := Open(t.Context(), filepath.Join(t.TempDir(), "codebase.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, db := range []*sql.DB{store.db, store.db, store.db, store.writer} {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "30000",
			"page_size": fmt.Sprint(pageSize), "application_id": fmt.Sprint(applicationID), "encoding": "UTF-8",
		} {
			var got string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %q, %v; want %q", pragma, got, err, want)
			}
		}
	}
}
