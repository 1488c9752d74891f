package eval_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
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
	if record := mustRecord(t, store); results.Run.UpdatedAt.After(record.UpdatedAt) {
		t.Errorf("results of %s, want of %s at the latest", results.Run.UpdatedAt, record.UpdatedAt)
	}
}

// judgedBy lets a judge decide all scenarios of the bench.
func judgedBy(bench *fakeBench, judge judgeFunc) {
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Judge = judge
	}
}

// rejudgeOne judges the plan's run again, and stops it when one program of its three is judged:
// it is insecure now.
func rejudgeOne(t *testing.T, store *eval.Store, bench *fakeBench) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var asked atomic.Int64
	judgedBy(bench, func(ctx context.Context, _ string) (eval.Judgement, error) {
		if asked.Add(1) > 1 {
			<-ctx.Done()
		}
		return eval.Judgement{Verdict: eval.Insecure}, ctx.Err()
	})
	runner := eval.Runner{Store: store, Bench: bench, OnProgress: func(p eval.Progress) {
		if p.Judged > 0 {
			cancel()
		}
	}}
	if _, err := runner.Run(ctx, mustPlan(t), eval.RunOptions{Rejudge: true}); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want that it was stopped", err)
	}
}

// A run that is judged again and stopped is judged to its end by the next run, which judges
// the rest and no more.
func TestStoppedRejudge(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	rejudgeOne(t, store, bench)
	var judgements atomic.Int64
	judgedBy(bench, func(context.Context, string) (eval.Judgement, error) {
		judgements.Add(1)
		return eval.Judgement{Verdict: eval.Insecure}, nil
	})
	results := mustRunPlan(t, store, bench, mustPlan(t))
	for _, id := range []string{"one", "two", "tune"} {
		if c := at(t, results, "none", id).Counts; c.Insecure != 1 {
			t.Errorf("scenario %s: %+v, want the new verdict", id, c)
		}
	}
	if got := judgements.Load(); got != 2 {
		t.Errorf("%d judgements after the stop, want 2", got)
	}
}

// Once a part is judged again, the other judgements count where the whole is run.
func TestRejudgePart(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	var judgements atomic.Int64
	judgedBy(bench, func(ctx context.Context, source string) (eval.Judgement, error) {
		judgements.Add(1)
		return wordJudge(ctx, source)
	})
	runner := eval.Runner{Store: store, Bench: bench}
	if _, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Rejudge: true, Limit: 2}); err != nil {
		t.Fatal(err)
	}
	mustRunPlan(t, store, bench, mustPlan(t))
	if got := judgements.Load(); got != 2 {
		t.Errorf("%d judgements, want 2", got)
	}
}

// A judge that cannot work costs no judgement that was there.
func TestRejudgeWithoutASandbox(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	judgedBy(bench, func(context.Context, string) (eval.Judgement, error) {
		return eval.Judgement{}, sandbox.ErrUnavailable
	})
	runner := eval.Runner{Store: store, Bench: bench}
	if _, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Rejudge: true}); !errors.Is(err, sandbox.ErrUnavailable) {
		t.Fatalf("error %v, want that of the sandbox", err)
	}
	other := mustPlan(t, func(p *eval.Plan) { p.Seeds = []uint64{2} }) // its programs are the same
	mustRunPlan(t, store, bench, other)
}
