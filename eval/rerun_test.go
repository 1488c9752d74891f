package eval_test

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
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
	// A part that is complete does not end it.
	if _, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), mustPlan(t), eval.RunOptions{Limit: 2}); err != nil {
		t.Fatal(err)
	}
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
	if results, err := runner.Results(t.Context(), "last"); err != nil || !results.Run.Complete() {
		t.Errorf("results %+v, %v; want those of before", results, err)
	}
	other := mustPlan(t, func(p *eval.Plan) { p.Seeds = []uint64{2} }) // its programs are the same
	mustRunPlan(t, store, bench, other)
}

// unloadable is a bench whose models do not load.
type unloadable struct{ *fakeBench }

func (unloadable) Generator(context.Context, eval.Model) (generation.Generator, io.Closer, error) {
	return nil, nil, errFake
}

// What a complete run found is there until a rerun has as much, whatever ends that: it is
// listed as unfinished, and goes on.
func TestFailedRerunKeepsResults(t *testing.T) {
	for name, o := range map[string]eval.RunOptions{"whole": {}, "limited": {Limit: 2}} {
		t.Run(name, func(t *testing.T) {
			bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
			first := mustRunPlan(t, store, bench, mustPlan(t))
			bench.program = "2" // makes its own prompts
			failing := eval.Runner{Store: store, Bench: unloadable{bench}}
			results, err := failing.Run(t.Context(), mustPlan(t), o)
			if !errors.Is(err, errFake) || results.Run.Done != 0 {
				t.Fatalf("run %+v, error %v; want none, and that of the model", results, err)
			}
			kept, err := failing.Results(t.Context(), "last")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(first, kept); diff != "" {
				t.Errorf("results (-before +after the failure):\n%s", diff)
			}
			if r := mustRecord(t, store); r.Done != 12 || r.Wanted != 12 || r.Unjudged != 0 || r.Complete() || !r.Older() || r.Limit != o.Limit || !r.UpdatedAt.Equal(first.Run.UpdatedAt) {
				t.Errorf("listed: %+v, want an unfinished run with what it had", r)
			}
			runner := eval.Runner{Store: store, Bench: bench}
			if results, err = runner.Run(t.Context(), mustPlan(t), o); err != nil {
				t.Fatal(err)
			}
			if r := mustRecord(t, store); !r.Complete() || r.Older() || r.Wanted != results.Run.Wanted || results.Run.Limit != o.Limit || bench.made() != 3 {
				t.Errorf("listed: %+v; want that of a complete run, made of the same completions", r)
			}
		})
	}
}

// A run that is stopped while it looks up what it has counts all of it.
func TestStoppedAtOnce(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	runUntilItHangs(t, bench, dir)
	mustBeJudged(t, bench, dir)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	store := mustOpenStore(t, dir)
	runner := eval.Runner{Store: store, Bench: newBench(t, "secure works"), OnProgress: func(eval.Progress) { cancel() }}
	results, err := runner.Run(ctx, mustPlan(t), eval.RunOptions{})
	if !errors.Is(err, context.Canceled) || results.Run.Done != 8 || results.Run.Unjudged != 0 {
		t.Errorf("run %+v, error %v; want 8 samples, all judged", results.Run, err)
	}
	if r := mustRecord(t, store); r.Done != 8 || r.Wanted != 12 || r.Complete() || r.Older() {
		t.Errorf("listed: %+v, want 8 samples of 12", r)
	}
}

// A run that was stopped, went on and was killed has what it made until then.
func TestKilledRerun(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	bench.generate = failsFrom(2, "secure works")
	if _, err := (&eval.Runner{Store: mustOpenStore(t, dir), Bench: bench}).Run(t.Context(), mustPlan(t), eval.RunOptions{}); !errors.Is(err, errFake) {
		t.Fatalf("error %v, want that of the model", err)
	}
	runUntilItHangs(t, bench, dir)
	mustBeJudged(t, bench, dir)
}

// A run that is judged again, and stopped, keeps the verdicts that it had, all of them.
func TestStoppedRejudgeKeepsResults(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	rejudgeOne(t, store, bench)
	results, err := (&eval.Runner{Store: store, Bench: bench}).Results(t.Context(), "last")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"one", "two", "tune"} {
		if c := at(t, results, "none", id).Counts; c.Secure != 1 {
			t.Errorf("scenario %s: %+v, want the old verdict", id, c)
		}
	}
	if r := mustRecord(t, store); r.Done != 12 || r.Unjudged != 0 || r.Complete() || !r.Older() {
		t.Errorf("listed: %+v, want an unfinished run with what it had", r)
	}
}

// A run that came to its end has its own results, be it that a judge failed now.
func TestEndedRerunReplacesResults(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	judgedBy(bench, func(context.Context, string) (eval.Judgement, error) {
		return eval.Judgement{Verdict: eval.Insecure}, nil
	})
	bench.suite.Scenarios[1].Judge = judgeFunc(func(context.Context, string) (eval.Judgement, error) {
		return eval.Judgement{}, errFake
	})
	runner := eval.Runner{Store: store, Bench: bench}
	if _, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Rejudge: true}); err != nil {
		t.Fatal(err)
	}
	results, err := runner.Results(t.Context(), "last")
	if err != nil || results.Run.Unjudged != 4 || at(t, results, "none", "one").Counts.Insecure != 1 {
		t.Errorf("results %+v, %v; want the new verdicts, and 4 samples without", results, err)
	}
}
