package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
)

// transferred is how many examples a transfer has to move: several batches.
const transferred = 1000

// mustMakeExamples makes a store of so many Go functions.
func mustMakeExamples(t *testing.T, path string, n int) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	examples := make([]codebase.Example, n)
	for i := range examples {
		examples[i] = codebase.Example{
			Code: goFunction(fmt.Sprintf("T%d", i), true), Language: lang.Go, CWEs: []codebase.CWE{22}, Title: fmt.Sprintf("read file %d", i),
			Source: codebase.Source{Kind: "file", Path: fmt.Sprintf("file%d.go", i), Licence: "MIT"},
		}
		examples[i].ID = examples[i].Hash()
	}
	if _, err := store.Add(t.Context(), examples...); err != nil {
		t.Fatal(err)
	}
}

// count is the number of examples in a store, if it is one already.
func count(t *testing.T, path string) int {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		return 0
	}
	store, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		return 0
	}
	defer store.Close()
	n := 0
	for _, err := range store.Labels(t.Context()) {
		if err != nil {
			return 0
		}
		n++
	}
	return n
}

// Ctrl-C in the middle of base push and base pull ends them, leaves in the other store what
// came over, and the same command moves the rest.
func TestInterruptTransfer(t *testing.T) {
	full := filepath.Join(t.TempDir(), "full.db")
	mustMakeExamples(t, full, transferred)
	for _, command := range []string{"push", "pull"} {
		t.Run(command, func(t *testing.T) {
			other := filepath.Join(t.TempDir(), "other.db")
			mustMakeExamples(t, other, 0)
			release := mustStall(t, other, "example", transferred/2)
			args := []string{"base", "push", other, "--store", full}
			if command == "pull" {
				args = []string{"base", "pull", full, "--store", other}
			}
			s := mustStart(t, nil, args...)
			for end := time.Now().Add(time.Minute); count(t, other) == 0; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("nothing came over in a minute:\n%s", s.said.String())
				}
			}
			s.mustInterrupt()
			s.mustEnd(130)
			said := s.said.String()
			if !strings.HasSuffix(said, "the same command goes on from there\nseccoder: stopped\n") {
				t.Errorf("it said:\n%s", said)
			}
			if n := count(t, other); n == 0 || n >= transferred {
				t.Errorf("%d of %d examples came over, want some", n, transferred)
			}
			release()
			again := mustStart(t, nil, args...)
			again.mustEnd(0)
			if n, want := count(t, other), count(t, full); n != want {
				t.Errorf("%d of %d examples after the second time:\n%s", n, want, again.said.String())
			}
		})
	}
}
