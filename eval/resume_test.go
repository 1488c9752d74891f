package eval_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
			for _, part := range []string{"no completions for 1 of the run's batches", ", two, seed 1: ", "it sent no choices"} {
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

// A prompt that is too long costs its own batch, and is asked for once.
func TestPromptTooLong(t *testing.T) {
	bench, store := newBench(t), mustOpenStore(t, t.TempDir())
	asked := 0
	bench.generate = func(r generation.Request) ([]string, error) {
		if strings.Contains(r.Prefix, "# two") {
			asked++
			return nil, fmt.Errorf("ask the model: %w", generation.ErrPromptTooLong)
		}
		return []string{"secure works"}, nil
	}
	results, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), mustPlan(t), eval.RunOptions{})
	unusable, ok := errors.AsType[*eval.UnusableError](err)
	if !ok || len(unusable.Answers) != 1 || !errors.Is(unusable, generation.ErrPromptTooLong) || asked != 1 {
		t.Errorf("asked %d times, error %v; want once, and an UnusableError of one prompt", asked, err)
	}
	if results.Run.Done != 8 || results.Run.Unjudged != 0 {
		t.Errorf("run %+v, want 8 samples, all judged", results.Run)
	}
}

// A prompt that was made without a bound is made anew where the server's context is known.
func TestServerContext(t *testing.T) {
	bench, store := newBench(t, "secure works"), mustOpenStore(t, t.TempDir())
	bench.suite.Scenarios[0].Prompt = strings.Repeat("# one\n", 1000)
	for _, context := range []int{0, 400, 500} {
		bench.context = context
		mustRunPlan(t, store, bench, mustPlan(t, func(p *eval.Plan) {
			p.Models, p.Servers = nil, []eval.Server{{Name: "fake", URL: "http://127.0.0.1:1/v1", Model: "m", Context: context}}
		}))
	}
	sizes := map[string]int{}
	for _, r := range bench.requests {
		name := strings.Fields(r.Prefix)[1]
		sizes[name]++
		if n := sizes[name]; name == "one" && n > 1 && len(r.Prefix) > 3*500 {
			t.Errorf("request %d has %d bytes, more than the context", n, len(r.Prefix))
		}
	}
	if diff := cmp.Diff(map[string]int{"one": 3, "two": 1, "tune": 1}, sizes); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// A model that answers everybody with what is no completion is not asked for the rest, nor
// for the scenarios of others.
func TestHopelessModel(t *testing.T) {
	unusable := fmt.Errorf("ask the model: %w: it sent a web page", generation.ErrUnusable)
	var scenarios []eval.Scenario
	for i := range 20 {
		scenarios = append(scenarios, scenario(fmt.Sprintf("s%02d", i), eval.Test))
	}
	for _, test := range []struct {
		name     string
		answers  func(scenario string) error
		requests int // scenarios with an answer that cannot be used have three
		ends     bool
		named    int // batches that the error names one by one
	}{
		{"from the start", func(string) error { return unusable }, 15, true, 0},
		{"after one", func(s string) error {
			if s == "s00" {
				return nil
			}
			return unusable
		}, 1 + 19*3, false, 19},
		{"too long", func(string) error { return generation.ErrPromptTooLong }, 20, false, 20},
		{"after some that are too long", func(s string) error {
			if s < "s10" {
				return generation.ErrPromptTooLong
			}
			return unusable
		}, 10 + 15, true, 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			bench, store := newBench(t), mustOpenStore(t, t.TempDir())
			bench.suite.Scenarios = scenarios
			bench.generate = func(r generation.Request) ([]string, error) {
				return []string{"secure works"}, test.answers(strings.Fields(r.Prefix)[1])
			}
			runner := eval.Runner{Store: store, Bench: bench}
			_, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{})
			if got := bench.made(); got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
			var named int
			if lost, ok := errors.AsType[*eval.UnusableError](err); ok {
				named = len(lost.Answers)
			}
			if named != test.named || test.ends && (strings.Count(err.Error(), "web page") != 1 || !strings.Contains(err.Error(), "for 5 it gave answers that are none")) {
				t.Errorf("error %v", err)
			}
		})
	}
	t.Run("several methods and seeds", func(t *testing.T) {
		bench, store := newBench(t), mustOpenStore(t, t.TempDir())
		bench.generate = func(generation.Request) ([]string, error) { return nil, unusable }
		plan := mustPlan(t, func(p *eval.Plan) {
			p.Seeds = []uint64{1, 2, 3}
			p.Methods = []eval.Method{{Retriever: "none"}, {Retriever: "bm25"}}
		})
		_, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), plan, eval.RunOptions{})
		if lost, ok := errors.AsType[*eval.UnusableError](err); !ok || len(lost.Answers) != 3*3*2 {
			t.Errorf("error %v, want one of all batches of the three scenarios", err)
		}
	})
	t.Run("resumed", func(t *testing.T) {
		bench, store := newBench(t, "secure works"), mustOpenStore(t, t.TempDir())
		bench.suite.Scenarios = scenarios
		runner := eval.Runner{Store: store, Bench: bench}
		if _, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Limit: 2}); err != nil {
			t.Fatal(err)
		}
		bench.generate = func(generation.Request) ([]string, error) { return nil, unusable }
		_, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{})
		if lost, ok := errors.AsType[*eval.UnusableError](err); !ok || len(lost.Answers) != 18 {
			t.Errorf("error %v, want one of the 18 batches that are missing", err)
		}
	})
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
