// Package sqlitetest opens stores for tests.
package sqlitetest

import (
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder/codebase/sqlite"
)

// New makes a store in a folder of the test's own, and closes it after the test.
func New(t testing.TB) *sqlite.Store {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "codebase.db"))
}

// Open opens the store at the path, and closes it after the test.
func Open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // it may be closed already
	return store
}
