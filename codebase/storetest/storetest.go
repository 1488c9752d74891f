// Package storetest is the conformance suite of [codebase.Store]: what every
// store must do, whatever it is built on. A store's own tests call it:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) codebase.Store { return mustOpen(t) })
//	}
//
// A store that searches its vectors itself calls [Nearest], too, and one that tells of
// many ids at once [Lookup]. What else only some stores can do (surviving kill -9, say) is
// tested beside them.
package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// Run checks a store. open returns a new, empty one each time and arranges for
// it to be closed. Abilities beyond codebase.Store are checked where the store
// has them.
func Run(t *testing.T, open func(t *testing.T) codebase.Store) {
	t.Run("Add", func(t *testing.T) { testAdd(t, open) })
	t.Run("Text", func(t *testing.T) { testText(t, open) })
	t.Run("Remove", func(t *testing.T) { testRemove(t, open) })
	t.Run("Get", func(t *testing.T) { testGet(t, open) })
	t.Run("Examples", func(t *testing.T) { testExamples(t, open) })
	t.Run("Cancel", func(t *testing.T) { testCancel(t, open) })
	t.Run("Concurrency", func(t *testing.T) { testConcurrency(t, open) })
	t.Run("Vectors", func(t *testing.T) { testVectors(t, open) })
	t.Run("Index", func(t *testing.T) { testIndex(t, open) })
	t.Run("Meta", func(t *testing.T) { testMeta(t, open) })
	t.Run("Quarantine", func(t *testing.T) { testQuarantine(t, open) })
	t.Run("Bulk", func(t *testing.T) { testBulk(t, open) })
	t.Run("Replace", func(t *testing.T) { testReplace(t, open) })
	t.Run("Move", func(t *testing.T) { testMove(t, open) })
	t.Run("SyncStarter", func(t *testing.T) { testSyncStarter(t, open) })
}

// Example makes a valid example with every field set. Different code gives
// different ids; the CWEs default to 89.
func Example(language lang.Language, code string, cwes ...codebase.CWE) codebase.Example {
	if len(cwes) == 0 {
		cwes = []codebase.CWE{89}
	}
	e := codebase.Example{
		Code:     code,
		Language: language,
		CWEs:     cwes,
		Title:    oneLine("title of " + code[:min(len(code), 20)]),
		Fix:      "binds the value",
		Insecure: "insecure " + code,
		Source: codebase.Source{
			Kind: "git", Repository: "example.org/repo", Commit: "c0ffee", Path: "a/b.py",
			CVE: "CVE-2024-0001", Dataset: "none", Licence: "MIT OR Apache-2.0",
		},
		AdmittedAt: time.Date(2026, time.March, 4, 5, 6, 7, 891011121, time.UTC),
		AdmittedBy: "tester",
		CheckedBy:  []string{"bandit 1.7", "a,b\n\"c\""},
	}
	e.ID = e.Hash()
	return e
}

// Numbered makes n Python examples that differ in their code.
func Numbered(n int) []codebase.Example {
	examples := make([]codebase.Example, n)
	for i := range examples {
		examples[i] = Example(lang.Python, fmt.Sprintf("value = %d\n", i))
	}
	return examples
}

// oneLine leaves out what a title must not hold.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}
