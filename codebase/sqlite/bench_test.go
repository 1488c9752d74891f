package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
)

// mustFill makes a store of 1000 examples of about 1.5 kB each, with vectors of 384 values.
func mustFill(b *testing.B) (*sqlite.Store, string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "codebase.db")
	store := sqlitetest.Open(b, path)
	vectors := map[string][]float32{}
	var examples []codebase.Example
	for i := range 1000 {
		e := storetest.Example("python", fmt.Sprintf("value = %d\n%s", i, strings.Repeat("call(argument)\n", 50)))
		examples = append(examples, e)
		vectors[e.ID] = make([]float32, 384)
	}
	mustAdd(b, store, examples...)
	if err := store.PutVectors(b.Context(), "bench", vectors); err != nil {
		b.Fatal(err)
	}
	return store, path
}

func BenchmarkAdd(b *testing.B) {
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			store := sqlitetest.Open(b, filepath.Join(b.TempDir(), "codebase.db"))
			next := 0
			for b.Loop() {
				batch := make([]codebase.Example, size)
				for i := range batch {
					batch[i] = storetest.Example("python", fmt.Sprintf("value = %d\n%s", next, strings.Repeat("call(argument)\n", 50)))
					next++
				}
				mustAdd(b, store, batch...)
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	store, path := mustFill(b)
	mustClose(b, store)
	for b.Loop() {
		mustClose(b, sqlitetest.Open(b, path))
	}
}

func BenchmarkGet(b *testing.B) {
	store, _ := mustFill(b)
	id := mustList(b, store)[500].ID[:12]
	for b.Loop() {
		if _, err := store.Get(b.Context(), id); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExamples(b *testing.B) {
	store, _ := mustFill(b)
	for b.Loop() {
		if n := len(mustList(b, store)); n != 1000 {
			b.Fatal(n)
		}
	}
}

func BenchmarkVectors(b *testing.B) {
	store, _ := mustFill(b)
	for b.Loop() {
		n := 0
		for _, err := range store.Vectors(b.Context(), "bench", codebase.Filter{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 1000 {
			b.Fatal(n)
		}
	}
}
