package admission

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/svenpairs"
	"github.com/seccoder/seccoder/lang"
)

// TestOutcomes tells whether anything that is said of SVEN's functions, fixed and unfixed, is
// another than before: what makes the checks faster must not change an answer or a reason. The
// golden file has the answers by check, and a digest of all that was said. The languages' own
// parsers are left out, which differ from machine to machine.
func TestOutcomes(t *testing.T) {
	candidates := mustSVEN(t)
	gate := New(Options{})
	gate.stages = []stage{{Check: gate.duplicates}, {Check: bracketCheck{}, costly: true}}
	said, answers := sha256.New(), map[string]int{}
	for chunk := range slices.Chunk(candidates, 200) {
		verdicts, err := gate.JudgeAll(t.Context(), chunk)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range verdicts {
			fmt.Fprintln(said, v.Example.ID, v.Admitted)
			for _, o := range v.Outcomes {
				fmt.Fprintf(said, "%s %q\n", o, o.Reason)
				answers[o.Check+" "+string(o.Answer)]++
			}
		}
	}
	var got strings.Builder
	for _, answer := range slices.Sorted(maps.Keys(answers)) {
		fmt.Fprintln(&got, answer, answers[answer])
	}
	fmt.Fprintf(&got, "%x\n", said.Sum(nil))
	golden := filepath.Join("testdata", "sven-outcomes.golden")
	if flag.Lookup("update").Value.String() == "true" { // of the package's other tests
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("what is said of SVEN's functions has changed (-want +got; -update writes it anew):\n%s", diff)
	}
}

// A bracketCheck says what parses says before it asks a parser.
type bracketCheck struct{}

func (bracketCheck) Name() string    { return "brackets" }
func (bracketCheck) Version() string { return "1" }
func (bracketCheck) Judge(_ context.Context, candidates []*Candidate) ([]codebase.Outcome, error) {
	outcomes := make([]codebase.Outcome, len(candidates))
	for i, c := range candidates {
		outcomes[i] = accepts("")
		if why := c.bracket(); why != "" {
			outcomes[i] = rejects("%s", why)
		}
	}
	return outcomes, nil
}

// mustSVEN makes candidates of SVEN's functions: each fixed one with its twin, and the unfixed
// one alone.
func mustSVEN(t *testing.T) []codebase.Example {
	t.Helper()
	dir := os.Getenv("SECCODER_SVEN")
	var candidates []codebase.Example
	for _, split := range []string{"train", "val"} {
		pairs, err := svenpairs.Read(dir, split)
		switch {
		case dir == "" || errors.Is(err, svenpairs.ErrNone):
			t.Skipf("no pairs in SECCODER_SVEN=%q", dir)
		case err != nil:
			t.Fatal(err)
		}
		for _, p := range pairs {
			l, ok := lang.FromPath(p.File)
			if !ok {
				continue
			}
			e := codebase.Example{
				Code: p.After, Insecure: p.Before, Language: l, CWEs: []codebase.CWE{p.CWE}, Title: p.Name,
				Source: codebase.Source{Kind: "dataset", Dataset: "SVEN", Commit: p.Commit, Licence: "MIT"},
			}
			e.ID = e.Hash()
			weak := e
			weak.Code, weak.Insecure = e.Insecure, ""
			weak.ID = weak.Hash()
			candidates = append(candidates, e, weak)
		}
	}
	return candidates
}
