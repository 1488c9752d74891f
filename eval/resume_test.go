package eval_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
)

// A model that fails leaves what was made before it, judged, and the run goes on from there.
func TestResumeAfterFailure(t *testing.T) {
	bench, store := newBench(t), mustOpenStore(t, t.TempDir())
	bench.generate = failsFrom(2, "secure works")
	runner := eval.Runner{Store: store, Bench: bench}
	results, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{})
	if !errors.Is(err, errFake) || !strings.Contains(err.Error(), "fake, none, two, seed 1") {
		t.Fatalf("error %v, want that of the model with its place", err)
	}
	if results.Run.Done != 4 || results.Run.Unjudged != 0 {
		t.Fatalf("run %+v, want 4 samples", results.Run)
	}
	records, err := store.Runs(t.Context())
	if err != nil || len(records) != 1 || records[0].Done != 4 || records[0].Complete() {
		t.Errorf("records %+v, %v", records, err)
	}
	before := bench.made()
	bench.generate = func(generation.Request) ([]string, error) { return []string{"secure works"}, nil }
	mustRunPlan(t, store, bench, mustPlan(t))
	if got := bench.made() - before; got != 2 {
		t.Errorf("%d requests to finish, want 2", got)
	}
}

// An answer that cannot be used costs its own scenario: the others are made and judged, the
// error says which it was, and a further run asks for it alone.
func TestUnusableAnswers(t *testing.T) {
	for _, coder := range []string{eval.CoderPaper, eval.CoderProduct} {
		t.Run(coder, func(t *testing.T) {
			bench, store := newBench(t), mustOpenStore(t, t.TempDir())
			plan := mustPlan(t, func(p *eval.Plan) { p.Methods = []eval.Method{{Retriever: "none", Coder: coder}} })
			bench.generate = func(r generation.Request) ([]string, error) {
				if strings.Contains(r.Prefix, "# two") {
					return nil, fmt.Errorf("ask the model: %w: it sent no choices", generation.ErrUnusable)
				}
				return []string{"secure works"}, nil
			}
			results, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), plan, eval.RunOptions{})
			unusable, ok := errors.AsType[*eval.UnusableError](err)
			if !ok || len(unusable.Answers) != 1 {
				t.Fatalf("error %v, want an UnusableError of one answer", err)
			}
			for _, part := range []string{"for 1 of the run's batches", ", two, seed 1: ", "it sent no choices"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %v, want one with %q", err, part)
				}
			}
			if results.Run.Done != 8 || results.Run.Wanted != 12 || results.Run.Unjudged != 0 || results.Run.Complete() {
				t.Errorf("run %+v, want 8 of 12 samples, all judged", results.Run)
			}
			bench.generate = func(r generation.Request) ([]string, error) {
				if !strings.Contains(r.Prefix, "# two") {
					t.Errorf("asked again: %q", r.Prefix)
				}
				return []string{"secure works"}, nil
			}
			mustRunPlan(t, store, bench, plan)
		})
	}
}

// A list of reasons ends somewhere.
func TestManyUnusableAnswers(t *testing.T) {
	err := &eval.UnusableError{}
	for range 50 {
		err.Answers = append(err.Answers, errFake)
	}
	if text := err.Error(); strings.Count(text, errFake.Error()) != 20 || !strings.HasSuffix(text, "\nand 30 more") {
		t.Errorf("error %q", text)
	}
}

// runUntilItHangs starts a run that goes on until the test ends: what it has made by then
// is all but the samples of one scenario.
func runUntilItHangs(t *testing.T, bench *fakeBench, dir string) {
	t.Helper()
	store, hangs := mustOpenStore(t, dir), make(chan struct{})
	var once sync.Once // the run may ask again before it sees that it is to stop
	ctx, cancel := context.WithCancel(t.Context())
	bench.generate = func(r generation.Request) ([]string, error) {
		if strings.Contains(r.Prefix, "# tune") {
			once.Do(func() { close(hangs) })
			<-ctx.Done()
		}
		return []string{"secure works"}, ctx.Err()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = (&eval.Runner{Store: store, Bench: bench}).Run(ctx, mustPlan(t), eval.RunOptions{})
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	<-hangs
}

// A run that is killed never comes to its end: what it has made until then is listed all
// the same.
func TestListedWhileItGoesOn(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	runUntilItHangs(t, bench, dir)
	records, err := mustOpenStore(t, dir).Runs(t.Context()) // as another process sees it
	if err != nil || len(records) != 1 || records[0].Done != 8 || records[0].Wanted != 12 || records[0].Unjudged > 8 || records[0].Complete() {
		t.Errorf("listed: %+v, %v; want 8 of 12 samples", records, err)
	}
}

// What a killed run has judged is reported where nothing could judge, too.
func TestReportedWithoutCompilers(t *testing.T) {
	bench, dir := newBench(t), t.TempDir()
	bench.suite.Content, bench.suite.Digest = "alone", "with gcc 12"
	runUntilItHangs(t, bench, dir)
	elsewhere := newBench(t)
	elsewhere.suite.Content, elsewhere.suite.Digest = "alone", "alone"
	reader := eval.Runner{Store: mustOpenStore(t, dir), Bench: elsewhere}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		results, err := reader.Results(t.Context(), "last")
		if err != nil {
			t.Fatal(err)
		}
		if results.Run.Done == 8 && results.Run.Unjudged == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("run %+v, want 8 samples, all judged", results.Run)
		}
	}
}

// A user who stops a run keeps what is done.
func TestResumeAfterStop(t *testing.T) {
	bench, store := newBench(t, "secure works"), mustOpenStore(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	runner := eval.Runner{Store: store, Bench: bench, OnProgress: func(p eval.Progress) {
		if p.Generated >= 4 {
			cancel()
		}
	}}
	results, err := runner.Run(ctx, mustPlan(t), eval.RunOptions{})
	if !errors.Is(err, context.Canceled) || results == nil {
		t.Fatalf("error %v, want that it was stopped", err)
	}
	made := bench.made()
	mustRunPlan(t, store, bench, mustPlan(t))
	if total := bench.made(); total > 4 || total <= made-1 {
		t.Errorf("%d requests, %d before the stop; want 3, or one more for what was in hand", total, made)
	}
}
