package cweval_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/cweval"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// TestCheckout judges the references of a checkout that SECCODER_CWEVAL names, and prints
// how many come out as the authors mean them, by language. SECCODER_CWEVAL_ONLY is a
// regular expression of ids.
func TestCheckout(t *testing.T) {
	dir := evaltest.Checkout(t, "SECCODER_CWEVAL")
	only := regexp.MustCompile(os.Getenv("SECCODER_CWEVAL_ONLY"))
	o := mustOptions(t)
	o.Note = func(message string) { t.Log(message) }
	suite, err := cweval.Load(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(suite.Scenarios) < 50 {
		t.Errorf("%d scenarios only", len(suite.Scenarios))
	}
	var mu sync.Mutex
	count := map[string]map[string]int{}
	t.Run("references", func(t *testing.T) {
		for _, s := range suite.Scenarios {
			if !only.MatchString(s.ID) {
				continue
			}
			for kind, want := range map[string]eval.Verdict{"secure": eval.Secure, "insecure": eval.Insecure} {
				t.Run(s.ID+"/"+kind, func(t *testing.T) {
					t.Parallel()
					program := reference(t, dir, s, kind)
					if program == "" {
						return
					}
					j, err := eval.JudgeSource(t.Context(), s, program, 0)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					defer mu.Unlock()
					key := filepath.Dir(s.ID)
					if count[key] == nil {
						count[key] = map[string]int{}
					}
					count[key][kind]++
					if j.Verdict == want {
						count[key][kind+" right"]++
					} else {
						t.Logf("judged %s, functional %v: %s", j.Verdict, j.Functional != nil && *j.Functional, j.Why)
					}
				})
			}
		}
	})
	for _, key := range slices.Sorted(maps.Keys(count)) {
		c := count[key]
		fmt.Printf("| %s | %d of %d | %d of %d |\n", key, c["secure right"], c["secure"], c["insecure right"], c["insecure"])
	}
}

// reference returns a task's solution, or its unsafe twin, which for Python stands in the test.
func reference(t *testing.T, dir string, s eval.Scenario, kind string) string {
	t.Helper()
	base := filepath.Join(dir, "benchmark", filepath.FromSlash(s.ID))
	found, err := filepath.Glob(base + "_task.*")
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v %v", s.ID, found, err)
	}
	ending := filepath.Ext(found[0])
	switch {
	case kind == "secure":
		return mustRead(t, found[0])
	case ending != ".py":
		return mustRead(t, base+"_unsafe"+ending)
	}
	return unsafePython(mustRead(t, base+"_test.py"))
}

var (
	unsafeFunction = regexp.MustCompile(`(?m)^def (\w+)_unsafe\(`)
	firstTest      = regexp.MustCompile(`(?m)^(?:pytest_params|@|def _?test|def _run)`)
)

// unsafePython takes what stands in a test before its tests, which is the unsafe twin and what it
// needs, and gives the twin the solution's name. Where a test has several twins, or names
// them otherwise, there is none.
func unsafePython(test string) string {
	m := unsafeFunction.FindStringSubmatch(test)
	end := firstTest.FindStringIndex(test)
	if m == nil || end == nil || end[0] < unsafeFunction.FindStringIndex(test)[0] {
		return ""
	}
	var kept strings.Builder
	for line := range strings.Lines(test[:end[0]]) {
		if !strings.HasPrefix(line, "from cwe_") && !strings.HasPrefix(line, "import pytest") {
			kept.WriteString(line)
		}
	}
	return kept.String() + "\n\n" + m[1] + " = " + m[1] + "_unsafe\n"
}
