package eval_test

import (
	"testing"
	"time"

	"github.com/seccoder/seccoder/eval"
)

// mustBeJudged waits until a run that hangs has judged what it made, which is 8 samples.
func mustBeJudged(t *testing.T, bench *fakeBench, dir string) {
	t.Helper()
	runner := eval.Runner{Store: mustOpenStore(t, dir), Bench: bench}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		results, err := runner.Results(t.Context(), "last")
		if err != nil {
			t.Fatal(err)
		}
		if results.Run.Done == 8 && results.Run.Unjudged == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("run %+v, want 8 samples, all judged", results.Run)
		}
	}
}

func mustRecord(t *testing.T, store *eval.Store) eval.RunRecord {
	t.Helper()
	record, err := store.Run(t.Context(), "last")
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// A run that goes on is not listed as one that has less, while it looks up what it has.
func TestListedWhenResumed(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	runUntilItHangs(t, bench, dir)
	mustBeJudged(t, bench, dir)
	store, again := mustOpenStore(t, dir), newBench(t, "secure works")
	runner := eval.Runner{Store: store, Bench: again, OnProgress: func(eval.Progress) {
		if r := mustRecord(t, store); r.Done < 8 || r.Unjudged < 0 || r.Unjudged > r.Done {
			t.Errorf("listed: %d of %d samples, %d not judged; want 8 or more", r.Done, r.Wanted, r.Unjudged)
		}
	}}
	if _, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{}); err != nil {
		t.Fatal(err)
	}
}

// The results of a killed run are as old as what was last recorded of it, whenever somebody
// looks at them.
func TestKilledRunKeepsItsDate(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	runUntilItHangs(t, bench, dir)
	mustBeJudged(t, bench, dir)
	store := mustOpenStore(t, dir)
	results, err := (&eval.Runner{Store: store, Bench: bench}).Results(t.Context(), "last")
	if err != nil {
		t.Fatal(err)
	}
	if record := mustRecord(t, store); !results.Run.UpdatedAt.Equal(record.UpdatedAt) {
		t.Errorf("results of %s, want of %s", results.Run.UpdatedAt, record.UpdatedAt)
	}
}
