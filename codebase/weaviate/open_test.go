package weaviate_test

import (
	"testing"

	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/weaviate"
)

func openNamed(t testing.TB, text string) *weaviate.Store {
	t.Helper()
	store, err := weaviate.Open(t.Context(), mustParse(t, text), weaviate.Options{IndexDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func mustParse(t testing.TB, text string) weaviate.Address {
	t.Helper()
	address, err := weaviate.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func mustFallBack(t *testing.T, text, path string, notices *[]string) *weaviate.Fallback {
	t.Helper()
	address := mustParse(t, text)
	address.Fallback = path
	store, err := weaviate.OpenWithFallback(t.Context(), address, weaviate.Options{IndexDir: t.TempDir()}, sqlitetest.Open(t, path),
		func(text string) { *notices = append(*notices, text) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func mustDo(t *testing.T, do func() error) {
	t.Helper()
	if err := do(); err != nil {
		t.Fatal(err)
	}
}
