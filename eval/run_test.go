package eval_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// The protocol: what is counted how.
func TestProtocol(t *testing.T) {
	bench := newBench(t,
		"secure works\nmore", "secure works  ", // the second is the first once cut and trimmed
		"broken hidden\n", "garbage\n", "garbage\n", "what is this\n", "secure\n", "secure works\n",
	)
	plan := mustPlan(t, func(p *eval.Plan) { p.N = 8 })
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	s := at(t, results, "none", "one")
	want := eval.Counts{
		Samples: 8, Duplicates: 3, Invalid: 1, Valid: 4, Secure: 2, Insecure: 1, Undecided: 1, QueryKnown: 4, QuerySecure: 3,
		ValidAll: 6, FunctionalKnown: 8, Functional: 3, FuncSec: 3,
	}
	if diff := cmp.Diff(want, s.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	m := results.Suites[0].Methods[0]
	for name, rate := range map[string]struct {
		got  eval.Estimate
		want float64
	}{
		"security":   {m.Test.SecurityRate, 2.0 / 4}, // undecided ones stay in the denominator
		"query":      {m.Test.QueryRate, 3.0 / 4},
		"undecided":  {m.Test.UndecidedRate, 1.0 / 4},
		"valid":      {m.Test.ValidRate, 6.0 / 8},
		"functional": {m.Test.FunctionalRate, 3.0 / 8},
		"func-sec":   {m.Test.FuncSecRate, 3.0 / 8},
	} {
		if !near(rate.got.Value, rate.want) || rate.got.Of != 2 {
			t.Errorf("%s rate %+v, want %v of 2 scenarios", name, rate.got, rate.want)
		}
	}
	if m.Test.Scenarios != 2 || m.Validation.Scenarios != 1 {
		t.Errorf("%d test and %d validation scenarios, want 2 and 1", m.Test.Scenarios, m.Validation.Scenarios)
	}
	samples := s.Seeds[0].Batches[0].Samples
	if samples[1].DuplicateOf != 0 || samples[7].DuplicateOf != 0 || samples[4].DuplicateOf != 3 || samples[0].DuplicateOf != -1 {
		t.Errorf("duplicates of %d, %d, %d, %d", samples[1].DuplicateOf, samples[7].DuplicateOf, samples[4].DuplicateOf, samples[0].DuplicateOf)
	}
	if samples[0].Code != "secure works" {
		t.Errorf("code %q", samples[0].Code)
	}
}

// Where no query is named there is no rate of one.
func TestJudgesWithoutAQuery(t *testing.T) {
	bench := newBench(t, "secure works", "broken", "garbage", "no text\x00")
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Judge = judgeFunc(func(ctx context.Context, source string) (eval.Judgement, error) {
			j, err := wordJudge(ctx, source)
			j.QueryVerdict = ""
			return j, err
		})
	}
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, mustPlan(t))
	m := results.Suites[0].Methods[0]
	s := at(t, results, "none", "one")
	if !m.Test.SecurityRate.Known() || m.Test.QueryRate.Known() || s.QueryRate.Known() || s.Counts.QueryKnown != 0 {
		t.Errorf("security rate %+v, the query's %+v, of a scenario %+v", m.Test.SecurityRate, m.Test.QueryRate, s.QueryRate)
	}
	for _, sample := range s.Seeds[0].Batches[0].Samples[2:4] {
		if j := sample.Judgement; j.Verdict != eval.Invalid || j.QueryVerdict != "" || j.QueryWhy != "" {
			t.Errorf("the judgement of the invalid program %q is %+v", sample.Code, j)
		}
	}
}

// Where there is no functional test nothing is known of what is invalid, either: not even if
// all of a scenario's samples are.
func TestScenariosWithoutAFunctionalTest(t *testing.T) {
	bench := newBench(t)
	bench.generate = func(r generation.Request) ([]string, error) {
		if strings.Contains(r.Prefix, "# one") {
			return []string{"garbage"}, nil
		}
		return []string{"secure"}, nil
	}
	for i := range bench.suite.Scenarios {
		s := &bench.suite.Scenarios[i]
		s.NoFunctionalTest = true
		s.Judge = judgeFunc(func(ctx context.Context, source string) (eval.Judgement, error) {
			j, err := wordJudge(ctx, source)
			j.Functional = nil
			return j, err
		})
	}
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, mustPlan(t, func(p *eval.Plan) { p.N = 1 }))
	m, s := results.Suites[0].Methods[0], at(t, results, "none", "one")
	if m.Test.FunctionalRate.Known() || m.Test.FuncSecRate.Known() || s.FunctionalRate.Known() || s.FuncSecRate.Known() {
		t.Errorf("pass@1 %+v and func-sec@1 %+v, of an invalid program %+v", m.Test.FunctionalRate, m.Test.FuncSecRate, s.FunctionalRate)
	}
	if s.Counts.Invalid != 1 || s.Counts.FunctionalKnown != 0 || !m.Test.ValidRate.Known() || !results.Suites[0].Scenarios[0].NoFunctionalTest {
		t.Errorf("counts %+v, valid rate %+v, scenario %+v", s.Counts, m.Test.ValidRate, results.Suites[0].Scenarios[0])
	}
}

// A program is judged once, and costs that once, in whatever batches and seeds it comes.
func TestJudgesAreCountedOnce(t *testing.T) {
	bench := newBench(t, "secure\n", "broken\n")
	plan := mustPlan(t, func(p *eval.Plan) { p.N, p.Batch, p.Seeds = 4, 2, []uint64{1, 10} })
	m := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan).Suites[0].Methods[0]
	want, batches := 0.0, 0.0
	for _, s := range m.Scenarios {
		want += s.Seeds[0].Batches[0].Samples[0].JudgeSeconds + s.Seeds[0].Batches[0].Samples[1].JudgeSeconds
		for _, seed := range s.Seeds {
			for _, b := range seed.Batches {
				batches += b.Cost.JudgeSeconds
			}
		}
	}
	if got := m.Cost.JudgeSeconds; want == 0 || !near(got, want) || !near(batches, want) {
		t.Errorf("judges took %v s, by batches %v s; want %v s", got, batches, want)
	}
}

// Seeds are averaged after scenarios, and batches have seeds of their own.
func TestSeedsAndBatches(t *testing.T) {
	bench := newBench(t)
	bench.generate = func(r generation.Request) ([]string, error) {
		if r.Seed < 10 {
			return []string{fmt.Sprintf("secure %d a", r.Seed), fmt.Sprintf("secure %d b", r.Seed)}, nil
		}
		return []string{fmt.Sprintf("secure %d", r.Seed), fmt.Sprintf("broken %d", r.Seed)}, nil
	}
	plan := mustPlan(t, func(p *eval.Plan) { p.N, p.Batch, p.Seeds = 3, 2, []uint64{1, 10} })
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	m := results.Suites[0].Methods[0]
	if want := []float64{1, 2.0 / 3}; !slices.EqualFunc(m.Test.SecurityBySeed, want, near) {
		t.Errorf("rates of the seeds %v, want %v", m.Test.SecurityBySeed, want)
	}
	if want := (1 + 2.0/3) / 2; !near(m.Test.SecurityRate.Value, want) {
		t.Errorf("rate %v, want %v", m.Test.SecurityRate.Value, want)
	}
	seed := at(t, results, "none", "one").Seeds[1]
	if len(seed.Batches) != 2 || seed.Batches[1].Seed != 11 || len(seed.Batches[1].Samples) != 1 || seed.Batches[1].Samples[0].Index != 2 {
		t.Errorf("batches %+v", seed.Batches)
	}
}

// A function's results are pass rates.
func TestFunctions(t *testing.T) {
	bench := newBench(t, "works a", "b", "c", "d")
	for i := range bench.suite.Scenarios {
		s := &bench.suite.Scenarios[i]
		s.Kind, s.CWE = eval.Function, 0
		s.Judge = judgeFunc(func(_ context.Context, source string) (eval.Judgement, error) {
			passed := strings.Contains(source, "works")
			return eval.Judgement{Functional: &passed, Oracle: "dynamic/word"}, nil
		})
	}
	plan := mustPlan(t, func(p *eval.Plan) { p.N = 10 })
	m := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan).Suites[0].Methods[0]
	if m.Test.SecurityRate.Known() || m.Test.FuncSecRate.Known() {
		t.Errorf("functions have security rates: %+v", m.Test)
	}
	// "works a" is drawn three times in ten.
	if len(m.Test.PassAt) != 3 || !near(m.Test.PassAt[0].Rate.Value, 0.3) || m.Test.PassAt[2].K != 10 || m.Test.PassAt[2].Rate.Value != 1 {
		t.Errorf("pass@k %+v", m.Test.PassAt)
	}
}

// Nothing that a model may answer ends a run, and only what is a program is judged.
func TestHostileCompletions(t *testing.T) {
	tests := map[string]struct {
		text string
		want eval.Verdict
	}{
		"nothing":        {"", eval.Undecided}, // the judge sees the prompt alone
		"NUL bytes":      {"x = '\x00'", eval.Invalid},
		"10 MB":          {strings.Repeat("a", 10<<20), eval.Invalid},
		"10 MB of lines": {strings.Repeat("\n", 10<<20), eval.Undecided}, // cut behind the first
		"garbage":        {"\u202e\u0007\ufffd]]]garbage", eval.Invalid},
		"not UTF-8":      {"\xff\xfe", eval.Invalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), newBench(t, test.text), mustPlan(t, func(p *eval.Plan) { p.N = 1 }))
			sample := at(t, results, "none", "one").Seeds[0].Batches[0].Samples[0]
			if sample.Judgement.Verdict != test.want {
				t.Errorf("verdict %s (%s), want %s", sample.Judgement.Verdict, sample.Judgement.Why, test.want)
			}
			if len(sample.Completion) > 2<<20 {
				t.Errorf("%d bytes are kept", len(sample.Completion))
			}
		})
	}
}

// A judge that fails costs the judgement, not the run, and a further run asks it again.
func TestFailingJudges(t *testing.T) {
	tests := map[string]struct {
		judge judgeFunc
		want  string
	}{
		"errs":   {func(context.Context, string) (eval.Judgement, error) { return eval.Judgement{}, errFake }, "the model is tired"},
		"panics": {func(context.Context, string) (eval.Judgement, error) { panic("oops") }, "the judge panicked: oops"},
		"hangs": {func(ctx context.Context, _ string) (eval.Judgement, error) {
			<-ctx.Done()
			return eval.Judgement{}, ctx.Err()
		}, "no judgement within 50ms"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bench, store := newBench(t, "secure works"), mustOpenStore(t, t.TempDir())
			bench.suite.Scenarios[1].Judge = test.judge
			runner := eval.Runner{Store: store, Bench: bench, JudgeTimeout: 50 * time.Millisecond}
			results, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if results.Run.Done != 12 || results.Run.Unjudged != 4 || results.Run.Complete() {
				t.Errorf("run %+v", results.Run)
			}
			sample := at(t, results, "none", "two").Seeds[0].Batches[0].Samples[0]
			if sample.Judgement != nil || !strings.Contains(sample.Error, test.want) {
				t.Errorf("sample %+v, want an error with %q", sample, test.want)
			}
			if m := results.Suites[0].Methods[0]; m.Test.SecurityRate.Value != 1 || m.Test.SecurityRate.Of != 1 {
				t.Errorf("security rate %+v, want that of the scenario that was judged", m.Test.SecurityRate)
			}
			made := bench.made()
			bench.suite.Scenarios[1].Judge = judgeFunc(wordJudge)
			results = mustRunPlan(t, store, bench, mustPlan(t))
			if bench.made() != made || at(t, results, "none", "two").Counts.Secure != 1 {
				t.Errorf("%d requests more, counts %+v", bench.made()-made, at(t, results, "none", "two").Counts)
			}
		})
	}
}

// A changed setting costs only what it touches.
func TestChangedSettings(t *testing.T) {
	judged := func(b *fakeBench) *atomic.Int64 {
		var n atomic.Int64
		for i := range b.suite.Scenarios {
			b.suite.Scenarios[i].Judge = judgeFunc(func(ctx context.Context, source string) (eval.Judgement, error) {
				n.Add(1)
				return wordJudge(ctx, source)
			})
		}
		return &n
	}
	tests := map[string]struct {
		change               func(*fakeBench, *eval.Plan)
		requests, judgements int
	}{
		"nothing":             {func(*fakeBench, *eval.Plan) {}, 0, 0},
		"a method more":       {func(_ *fakeBench, p *eval.Plan) { p.Methods = append(p.Methods, eval.Method{Retriever: "random"}) }, 3, 0}, // it writes the same
		"a seed more":         {func(_ *fakeBench, p *eval.Plan) { p.Seeds = []uint64{1, 2} }, 3, 0},
		"another temperature": {func(_ *fakeBench, p *eval.Plan) { p.Temperature = 0.8 }, 3, 0},
		"another model":       {func(_ *fakeBench, p *eval.Plan) { p.Models = []string{"other"} }, 3, 0},
		"another oracle":      {func(b *fakeBench, _ *eval.Plan) { b.suite.Digest = "2" }, 0, 3},
		"another program":     {func(b *fakeBench, _ *eval.Plan) { b.program = "2" }, 0, 0},
		"a scenario more": {func(b *fakeBench, _ *eval.Plan) {
			b.suite.Scenarios = append(b.suite.Scenarios, scenario("new", eval.Test))
		}, 1, 0},
		"another prompt": {func(b *fakeBench, _ *eval.Plan) { b.suite.Scenarios[0].Prompt += "# more\n" }, 1, 1},
		"another end": {func(b *fakeBench, _ *eval.Plan) {
			b.suite.Digest = "2"
			b.suite.Scenarios[0].Ended = func(c string) bool { return strings.Count(c, "\n") > 1 }
		}, 1, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
			judgements := judged(bench)
			mustRunPlan(t, store, bench, mustPlan(t))
			requests, before := bench.made(), judgements.Load()
			plan := mustPlan(t, func(p *eval.Plan) { test.change(bench, p) })
			mustRunPlan(t, store, bench, plan)
			if got := bench.made() - requests; got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
			if got := int(judgements.Load() - before); got != test.judgements {
				t.Errorf("%d judgements, want %d", got, test.judgements)
			}
		})
	}
}

// A finished run is read, not run.
func TestFinishedRun(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	first := mustRunPlan(t, store, bench, mustPlan(t))
	loads := bench.loads
	again := mustRunPlan(t, store, bench, mustPlan(t))
	if bench.loads != loads {
		t.Error("the model was loaded again")
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("read again (-first +again):\n%s", diff)
	}
	kept, err := (&eval.Runner{Store: store, Bench: bench}).Results(t.Context(), first.Run.ID[:6])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, kept); diff != "" {
		t.Errorf("by id (-first +kept):\n%s", diff)
	}
}

func TestRejudge(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, mustPlan(t))
	bench.suite.Scenarios[0].Judge = judgeFunc(func(context.Context, string) (eval.Judgement, error) {
		return eval.Judgement{Verdict: eval.Insecure}, nil
	})
	runner := eval.Runner{Store: store, Bench: bench}
	results, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Rejudge: true})
	if err != nil || at(t, results, "none", "one").Counts.Insecure != 1 {
		t.Errorf("error %v, results %+v", err, results)
	}
}

// A limit takes scenarios from all over the suite, and what it made serves the whole run.
func TestLimit(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	runner := eval.Runner{Store: store, Bench: bench}
	results, err := runner.Run(t.Context(), mustPlan(t), eval.RunOptions{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if s := results.Suites[0].Scenarios; len(s) != 2 || s[0].ID != "one" || s[1].ID != "two" || results.Run.Limit != 2 {
		t.Errorf("scenarios %+v", s)
	}
	mustRunPlan(t, store, bench, mustPlan(t))
	if bench.made() != 3 {
		t.Errorf("%d requests in all, want 3", bench.made())
	}
}

// The product's coder asks for one completion at a time.
func TestProductCoder(t *testing.T) {
	bench := newBench(t, "secure works\n")
	plan := mustPlan(t, func(p *eval.Plan) { p.Methods = []eval.Method{{Retriever: "bm25", Coder: eval.CoderProduct}} })
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	seeds := map[uint64]bool{}
	for _, r := range bench.requests {
		if r.N != 1 {
			t.Errorf("a request for %d", r.N)
		}
		seeds[r.Seed] = true
	}
	if len(bench.requests) != 12 || len(seeds) != 4 {
		t.Errorf("%d requests with %d seeds, want 12 with 4", len(bench.requests), len(seeds))
	}
	if results.Suites[0].Methods[0].Settings.Coder != eval.CoderProduct {
		t.Errorf("settings %+v", results.Suites[0].Methods[0].Settings)
	}
}

func TestUnknownRun(t *testing.T) {
	runner := eval.Runner{Store: mustOpenStore(t, t.TempDir()), Bench: newBench(t)}
	if _, err := runner.Results(t.Context(), "nope"); !errors.Is(err, eval.ErrNoRun) {
		t.Errorf("error %v, want ErrNoRun", err)
	}
}
