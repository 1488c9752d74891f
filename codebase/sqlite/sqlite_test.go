package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
)

func TestStore(t *testing.T) {
	open := func(t *testing.T) *sqlite.Store { return sqlitetest.New(t) }
	storetest.Run(t, func(t *testing.T) codebase.Store { return open(t) })
	t.Run("Lookup", func(t *testing.T) { storetest.Lookup(t, open(t)) })
}

func TestReopen(t *testing.T) {
	// The folder is made, and no character of the path means anything to SQLite.
	name := "50% off?mode=ro#é&x.db"
	if runtime.GOOS == "windows" {
		name = strings.ReplaceAll(name, "?", "") // which no file name there may hold
	}
	path := filepath.Join(t.TempDir(), "new folder", name)
	all := storetest.Numbered(5)
	store := sqlitetest.Open(t, path)
	mustAdd(t, store, all...)
	if err := store.PutVectors(t.Context(), "one", map[string][]float32{all[0].ID: {1, 2}}); err != nil {
		t.Fatal(err)
	}
	second := sqlitetest.Open(t, path) // while the first is open
	mustClose(t, store)
	if got := mustList(t, second); len(got) != 5 {
		t.Errorf("the second use of the open file has %d examples, want 5", len(got))
	}
	mustClose(t, second)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the closed store left %v, %v; want the one file", entries, err)
	}
	third := sqlitetest.Open(t, path)
	if got, err := third.Get(t.Context(), all[2].ID); err != nil || !cmp.Equal(got, all[2]) {
		t.Errorf("Get after opening again: %v, %v", got, err)
	}
	if missing, err := third.WithoutVector(t.Context(), "one"); err != nil || len(missing) != 4 {
		t.Errorf("WithoutVector after opening again: %v, %v; want 4", missing, err)
	}
	if err := third.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOpenWhereNoFileCanBe(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	mustWrite(t, file, []byte("x"))
	for name, path := range map[string]string{"a folder": folder, "below a file": filepath.Join(file, "codebase.db")} {
		t.Run(name, func(t *testing.T) {
			if store, err := sqlite.Open(t.Context(), path, sqlite.Options{}); err == nil {
				store.Close()
				t.Error("no error")
			}
		})
	}
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	store, err := sqlite.Open(t.Context(), path, sqlite.Options{MaxBytes: 256 << 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	first := storetest.Numbered(10)
	mustAdd(t, store, first...)
	// Large examples, some hundred at once: the first of them find room.
	var large []codebase.Example
	for i := range 200 {
		large = append(large, storetest.Example("c", fmt.Sprintf("int x%d;\n%05000d\n", i, i)))
	}
	added, err := store.Add(t.Context(), large...)
	if !errors.Is(err, codebase.ErrFull) || added != 0 {
		t.Fatalf("added %d, error %v; want 0 and ErrFull", added, err)
	}
	if got := mustList(t, store); len(got) != len(first) {
		t.Errorf("%d examples after the failed Add, want %d", len(got), len(first))
	}
	if added := mustAdd(t, store, large[0]); added != 1 {
		t.Errorf("a small Add after the failed one added %d, want 1", added)
	}
	if err := store.Check(t.Context()); err != nil {
		t.Error(err)
	}
	mustClose(t, store)
	if added := mustAdd(t, sqlitetest.Open(t, path), large...); added != len(large)-1 {
		t.Errorf("with room again, added %d, want %d", added, len(large)-1)
	}
}

func TestBackup(t *testing.T) {
	folder := t.TempDir()
	store := sqlitetest.Open(t, filepath.Join(folder, "codebase.db"))
	all := storetest.Numbered(20)
	mustAdd(t, store, all...)
	copied := filepath.Join(folder, "it's a copy.db")
	if err := store.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, store, storetest.Example("c", "int later;"))
	backup := sqlitetest.Open(t, copied)
	if got := mustList(t, backup); len(got) != len(all) {
		t.Errorf("the copy has %d examples, want %d", len(got), len(all))
	}
	if err := backup.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if err := store.Backup(t.Context(), copied); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file that exists: error %v, want os.ErrExist", err)
	}
	if err := store.Backup(t.Context(), filepath.Join(folder, "no", "folder.db")); err == nil {
		t.Error("into a folder that does not exist: no error")
	}
}

func mustClose(t testing.TB, store *sqlite.Store) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func mustAdd(t testing.TB, store *sqlite.Store, examples ...codebase.Example) int {
	t.Helper()
	added, err := store.Add(t.Context(), examples...)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func mustList(t testing.TB, store *sqlite.Store) []codebase.Example {
	t.Helper()
	var all []codebase.Example
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func mustWrite(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// mustExec runs SQL on a file past the store.
func mustExec(t testing.TB, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}
