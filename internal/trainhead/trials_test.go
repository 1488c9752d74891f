package main

import (
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

// TestTrials: each query is once in each set that it belongs to, and what its head was trained
// on and it is looked up in has nothing that gives it away.
func TestTrials(t *testing.T) {
	d := mustReadSome(t)
	var known, absent [sets]int
	for _, trial := range trials(d) {
		of := &known
		if trial.absent {
			of = &absent
		}
		for _, l := range trial.lookups() {
			of[l.set] += len(trial.queries)
			for _, e := range l.examples {
				if !slices.ContainsFunc(slices.Concat(trial.pairs, trial.starter), func(seen codebase.Example) bool { return seen.ID == e.ID }) {
					t.Errorf("%s: %s is in the codebase, and the head has not seen it", trial.what, e.ID)
				}
			}
		}
		for _, q := range trial.queries {
			for _, e := range slices.Concat(trial.pairs, trial.starter) {
				if givesAway(trial, e, q) {
					t.Errorf("%s: the head has seen %s of %v when it is asked about %s of %s", trial.what, e.ID, e.CWEs, q.ID, q.CWE)
				}
			}
		}
	}
	if want := [sets]int{len(d.train), len(d.train), len(d.starter)}; known != want || absent != want {
		t.Errorf("%v queries of known and %v of absent weaknesses, want %v of each", known, absent, want)
	}
}

func givesAway(t trial, e codebase.Example, q eval.RetrievalQuery) bool {
	isKin := func(cwe codebase.CWE) bool { return retrieval.Kind(cwe) == retrieval.Kind(q.CWE) }
	switch {
	case t.absent:
		return slices.ContainsFunc(e.CWEs, isKin)
	case t.twins:
		return e.ID == q.ID
	default:
		return eval.RepositoryOf(e) == q.Repository
	}
}

// TestWithout: kin of a weakness, and examples that have it as a second one, are left out, too.
func TestWithout(t *testing.T) {
	of := func(id string, cwes ...codebase.CWE) codebase.Example {
		return codebase.Example{ID: id, CWEs: cwes, Insecure: "x"}
	}
	examples := []codebase.Example{of("a", 787), of("b", 121), of("c", 89, 120), of("d", 89)}
	left := trial{what: "all", queries: eval.HalfQueries(examples), pairs: examples, starter: examples}.without(787)
	if left.what != "all, without CWE-787" || !left.absent {
		t.Errorf("the trial is %q, absent: %v", left.what, left.absent)
	}
	if len(left.queries) != 2 || left.queries[0].ID != "a" || left.queries[1].ID != "b" {
		t.Errorf("the queries are %v", left.queries)
	}
	for _, kept := range [][]codebase.Example{left.pairs, left.starter} {
		if len(kept) != 1 || kept[0].ID != "d" {
			t.Errorf("%v are kept", kept)
		}
	}
}
