package own_test

import (
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval/own"
)

// TestCorpusLeak finds starter examples that give a scenario's references away, by the
// measure of the leak check in package codebase: the share of the scenario's runs of five
// tokens that an example, or its twin, holds too. Runs that starter examples of three
// CWEs or more have are idiom and say nothing.
func TestCorpusLeak(t *testing.T) {
	const shingle, limit = 5, 0.5
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	references, err := own.References()
	if err != nil {
		t.Fatal(err)
	}
	users := map[uint64]map[codebase.CWE]bool{}
	held := make([][]codebase.Shingles, len(examples))
	for i, e := range examples {
		for _, text := range []string{e.Code, e.Insecure} {
			held[i] = append(held[i], codebase.NewShingles(e.Language, text, shingle))
		}
		for run := range held[i][0] {
			if users[run] == nil {
				users[run] = map[codebase.CWE]bool{}
			}
			users[run][e.CWEs[0]] = true
		}
	}
	worst, pair := 0.0, ""
	for _, r := range references {
		for _, completion := range []string{r.Secure, r.Insecure} {
			// A reference of a line or two is told from an example by its prompt only.
			completion = r.Prompt + completion
			runs := codebase.NewShingles(r.Language, completion, shingle)
			for run := range runs {
				if len(users[run]) >= 3 {
					delete(runs, run)
				}
			}
			for i, e := range examples {
				if !r.Language.Compatible(e.Language) {
					continue
				}
				for _, text := range held[i] {
					share := runs.Containment(text)
					if share > worst && len(runs) >= 8 {
						worst, pair = share, e.Source.Path+" and "+r.ID
					}
					if share >= limit && len(runs) >= 8 {
						t.Errorf("%s gives away %s: it holds %.2f of its %d runs of tokens, must be below %.1f", e.Source.Path, r.ID, share, len(runs), limit)
					}
				}
			}
		}
	}
	t.Logf("%d references; the nearest pair is %s, at %.2f", 2*len(references), pair, worst)
}

// TestKin sees to it that a held-out build has no example of a weakness that no scenario
// has, and that would teach a held-out one of the same kind: such an example names both.
func TestKin(t *testing.T) {
	kin := map[codebase.CWE]codebase.CWE{96: 94, 284: 862, 285: 862, 306: 862, 425: 862, 863: 862}
	heldOut, err := own.HeldOutCWEs()
	if err != nil {
		t.Fatal(err)
	}
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		for _, cwe := range e.CWEs {
			near, related := kin[cwe]
			if related && slices.Contains(heldOut, near) && !slices.Contains(e.CWEs, near) {
				t.Errorf("%s is of %s, which is like %s, and does not name it: a held-out build would keep it", e.Source.Path, cwe, near)
			}
		}
	}
}
