package eval_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// A judgeFunc is a Judge.
type judgeFunc func(ctx context.Context, source string) (eval.Judgement, error)

func (f judgeFunc) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	return f(ctx, source)
}

// wordJudge finds its verdict in the program's text.
func wordJudge(_ context.Context, source string) (eval.Judgement, error) {
	functional := strings.Contains(source, "works")
	j := eval.Judgement{Verdict: eval.Undecided, Functional: &functional, Why: "a word says so", Oracle: "static/word"}
	for word, verdict := range map[string]eval.Verdict{"secure": eval.Secure, "broken": eval.Insecure, "garbage": eval.Invalid} {
		if strings.Contains(source, word) {
			j.Verdict = verdict
		}
	}
	j.QueryVerdict = j.Verdict
	if strings.Contains(source, "hidden") { // what the query does not see
		j.QueryVerdict = eval.Secure
	}
	return j, nil
}

// firstLine cuts a completion behind its first line.
func firstLine(completion string) string {
	line, _, _ := strings.Cut(completion, "\n")
	return line
}

func scenario(id string, split eval.Split) eval.Scenario {
	return eval.Scenario{
		ID: id, Kind: eval.Security, Task: "do " + id, Language: lang.Python, CWE: 89, Split: split,
		Prompt: "# " + id + "\n", Truncate: firstLine, Ended: func(c string) bool { return strings.Contains(c, "\n") },
		Judge: judgeFunc(wordJudge),
	}
}

// A fakeBench has a model that says what generate returns.
type fakeBench struct {
	t        *testing.T
	suite    eval.Suite
	program  string
	context  int // what the model can attend to; 0 is not known
	generate func(r generation.Request) ([]string, error)

	mu       sync.Mutex
	requests []generation.Request
	loads    int
}

func newBench(t *testing.T, texts ...string) *fakeBench {
	return &fakeBench{
		t: t, program: "1",
		suite:    eval.Suite{Name: "words", Digest: "1", Scenarios: []eval.Scenario{scenario("one", eval.Test), scenario("two", eval.Test), scenario("tune", eval.Validation)}},
		generate: func(generation.Request) ([]string, error) { return texts, nil },
	}
}

func (b *fakeBench) Suite(context.Context, string) (eval.Suite, error) { return b.suite, nil }

func (b *fakeBench) Fingerprint(_ context.Context, m eval.Model) (string, error) { return m.Name, nil }

func (b *fakeBench) About(context.Context) eval.About {
	return eval.About{Program: b.program, Machine: "fake", Versions: map[string]string{"fake": "1"}}
}

func (b *fakeBench) Generator(context.Context, eval.Model) (generation.Generator, io.Closer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.loads++
	return b, nil, nil
}

// ContextTokens is the model's.
func (b *fakeBench) ContextTokens() int { return b.context }

// Generate gives request.N of the bench's texts, in turn.
func (b *fakeBench) Generate(ctx context.Context, r generation.Request) (generation.Response, error) {
	b.mu.Lock()
	b.requests = append(b.requests, r)
	b.mu.Unlock()
	texts, err := b.generate(r)
	if err != nil {
		return generation.Response{}, err
	}
	var response generation.Response
	for i := range r.N {
		text := ""
		if len(texts) > 0 {
			text = texts[i%len(texts)]
		}
		c := generation.Completion{Text: text, Finish: generation.FinishLength, Tokens: 7}
		if r.Stop != nil {
			if end, ended := r.Stop(text); ended {
				c.Text, c.Finish = text[:end], generation.FinishStop
			}
		}
		response.Completions = append(response.Completions, c)
	}
	return response, ctx.Err()
}

func (b *fakeBench) Codebase(_ context.Context, spec eval.CodebaseSpec) (eval.Codebase, error) {
	return eval.Codebase{Digest: spec.Name, Examples: 2, Untrained: spec.Name == "starter-heldout", Open: func(ctx context.Context) (codebase.Store, error) {
		store, err := sqlite.Open(ctx, b.t.TempDir()+"/codebase.db", sqlite.Options{})
		if err != nil {
			return nil, err
		}
		b.t.Cleanup(func() { _ = store.Close() })
		_, err = store.Add(ctx, example("def find_one(db): return db", 78), example("def find_two(db, name): return db.one(name)", 89))
		return store, err
	}}, nil
}

func (b *fakeBench) Retriever(_ context.Context, name string, _ eval.Codebase, store codebase.Store) (retrieval.Retriever, error) {
	if name == eval.RetrieverFused || name == eval.RetrieverDefault {
		r, err := retrieval.New(retrieval.NameBM25, store, nil)
		return unsure{r}, err
	}
	return retrieval.New(retrieval.Name(name), store, nil)
}

// unsure is a retriever that is sure of what it finds but for scenario "two".
type unsure struct{ retrieval.Retriever }

func (r unsure) Retrieve(ctx context.Context, q retrieval.Query, k int) ([]retrieval.Match, error) {
	matches, err := r.Retriever.Retrieve(ctx, q, k)
	for i := range min(1, len(matches)) {
		matches[i].Confidence = 0.9
		if strings.Contains(q.Text, "# two") {
			matches[i].Confidence = 0.3
		}
	}
	return matches, err
}

func example(code string, cwe codebase.CWE) codebase.Example {
	e := codebase.Example{Code: code, Language: lang.Python, CWEs: []codebase.CWE{cwe}, Source: codebase.Source{Kind: "file", Licence: "MIT"}, AdmittedAt: time.Unix(1, 0).UTC()}
	e.ID = e.Hash()
	return e
}

// made is how many requests the model got.
func (b *fakeBench) made() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.requests)
}

func mustOpenStore(t *testing.T, dir string) *eval.Store {
	t.Helper()
	store, err := eval.OpenStore(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// mustPlan is a plan of one fake model; options change it.
func mustPlan(t *testing.T, options ...func(*eval.Plan)) *eval.Plan {
	t.Helper()
	p := eval.Plan{
		Suites: []string{"words"}, Models: []string{"fake"},
		Sampling: eval.Sampling{N: 4, Temperature: 0.4}, Methods: []eval.Method{{Retriever: "none"}},
	}
	for _, change := range options {
		change(&p)
	}
	plan, err := eval.NewPlan(p, eval.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustRunPlan(t *testing.T, store *eval.Store, bench eval.Bench, plan *eval.Plan) *eval.Results {
	t.Helper()
	results, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), plan, eval.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !results.Run.Complete() {
		t.Fatalf("run %+v is not complete", results.Run)
	}
	return results
}

// at is the results of a method and scenario.
func at(t *testing.T, r *eval.Results, method, id string) *eval.ScenarioResults {
	t.Helper()
	for i := range r.Suites[0].Methods {
		m := &r.Suites[0].Methods[i]
		for j := range m.Scenarios {
			if m.Settings.Name == method && m.Scenarios[j].ID == id {
				return &m.Scenarios[j]
			}
		}
	}
	t.Fatalf("no results of %s, %s", method, id)
	return nil
}

var errFake = errors.New("the model is tired")

// failsFrom is a generator that fails from its nth request on.
func failsFrom(n int, text string) func(generation.Request) ([]string, error) {
	requests := 0
	return func(generation.Request) ([]string, error) {
		requests++
		if requests >= n {
			return nil, fmt.Errorf("request %d: %w", requests, errFake)
		}
		return []string{text}, nil
	}
}
