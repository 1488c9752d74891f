package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
)

// mustSound makes a closed store with some examples and returns its bytes.
func mustSound(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "codebase.db")
	store := sqlitetest.Open(t, path)
	mustAdd(t, store, storetest.Numbered(200)...)
	mustClose(t, store)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestOpenDamaged(t *testing.T) {
	sound := mustSound(t)
	altered := func(at int, with ...byte) []byte {
		content := bytes.Clone(sound)
		copy(content[at:], with)
		return content
	}
	tests := map[string][]byte{
		"cut inside the header":   sound[:60],
		"cut inside a page":       sound[:len(sound)-1000],
		"cut between pages":       sound[:len(sound)/2/4096*4096],
		"another magic":           altered(0, []byte("SQLite format 2")...),
		"a header of zeros":       altered(0, make([]byte, 100)...),
		"an impossible page size": altered(16, 0x01, 0x23),
		"a broken schema page":    altered(100, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		"text":                    []byte(strings.Repeat("id,language,title\n", 500)),
		"one byte":                []byte("x"),
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "codebase.db")
			mustWrite(t, path, content)
			store, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err == nil {
				store.Close()
			}
			if !errors.Is(err, codebase.ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want ErrDamaged that names %s", err, path)
			}
			mustBeUntouched(t, path, content)
		})
	}
}

func TestDamageFoundLater(t *testing.T) {
	content := mustSound(t)
	// All pages but the first, with the schema, and the tables' first ones.
	for at := 12 * 4096; at < len(content); at += 4096 {
		copy(content[at:at+4096], bytes.Repeat([]byte{0xa5}, 4096))
	}
	path := filepath.Join(t.TempDir(), "codebase.db")
	mustWrite(t, path, content)
	store := sqlitetest.Open(t, path)
	if err := store.Check(t.Context()); !errors.Is(err, codebase.ErrDamaged) {
		t.Errorf("Check: error %v, want ErrDamaged", err)
	}
	var last error
	for _, err := range store.Examples(t.Context(), codebase.Filter{}) {
		last = err
	}
	if !errors.Is(last, codebase.ErrDamaged) {
		t.Errorf("Examples: error %v, want ErrDamaged", last)
	}
}

// TestImpossibleRows has rows that SQLite finds sound but Add never writes.
func TestImpossibleRows(t *testing.T) {
	for name, statement := range map[string]string{
		"time":     "UPDATE example SET admitted_at = 'yesterday'",
		"checkers": "UPDATE example SET checked_by = 'bandit'",
		"CWE":      "UPDATE example_cwe SET cwe = 'many'",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "codebase.db")
			store := sqlitetest.Open(t, path)
			e := storetest.Numbered(1)[0]
			mustAdd(t, store, e)
			mustExec(t, path, statement)
			if _, err := store.Get(t.Context(), e.ID); !errors.Is(err, codebase.ErrDamaged) {
				t.Errorf("Get: error %v, want ErrDamaged", err)
			}
		})
	}
}

func TestOpenOthers(t *testing.T) {
	tests := map[string]struct {
		statements string
		want       string
		sentinel   error
	}{
		"a newer schema":             {"PRAGMA application_id = 1399153475; PRAGMA user_version = 99; CREATE TABLE x (y)", "update seccoder", codebase.ErrNewerSchema},
		"another program's":          {"PRAGMA application_id = 1; CREATE TABLE x (y)", "another program", nil},
		"a program's without a mark": {"CREATE TABLE x (y)", "another program", nil},
		"a store without a schema":   {"PRAGMA application_id = 1399153475", "schema is missing", codebase.ErrDamaged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "codebase.db")
			mustExec(t, path, test.statements)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			store, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err == nil {
				store.Close()
				t.Fatal("no error")
			}
			if test.sentinel != nil && !errors.Is(err, test.sentinel) {
				t.Errorf("error %v, want %v", err, test.sentinel)
			}
			if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one that names %s and says %q", err, path, test.want)
			}
			mustBeUntouched(t, path, before)
		})
	}
}

func mustBeUntouched(t *testing.T, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the file was changed (%d bytes, were %d; %v)", len(got), len(want), err)
	}
}
