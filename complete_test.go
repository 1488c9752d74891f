package seccoder_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func TestCompleteWithoutRetriever(t *testing.T) {
	s := says("    return db.get(name)\n\nprint(1)\n")
	r := mustComplete(t, &seccoder.Coder{Generator: s}, python(lookup), seccoder.Options{})
	got := r.Completions[0]
	if got.Text != "    return db.get(name)\n" || got.Finish != generation.FinishStop {
		t.Errorf("completed %q (%s), want the function's body", got.Text, got.Finish)
	}
	if r.Prompt.Demonstration != "" || len(r.Prompt.Used) != 0 || r.Prompt.Prefix != lookup {
		t.Errorf("prompt %+v, want the code alone", r.Prompt)
	}
	request := s.requests[0]
	if request.N != 1 || request.MaxTokens != seccoder.DefaultMaxTokens || request.Temperature != seccoder.DefaultTemperature || request.TopP != seccoder.DefaultTopP {
		t.Errorf("request %+v, want the defaults", request)
	}
	if r.Timing.Total < r.Timing.Retrieval+r.Timing.Integration || r.Timing.Prefill != scriptPrefill {
		t.Errorf("timing %+v", r.Timing)
	}
}

func TestCompleteFinish(t *testing.T) {
	tests := map[string]struct {
		text   string
		tokens int
		finish generation.Finish
	}{
		"the construct ends":    {"    return 1\n\nx = 1\n", 100, generation.FinishStop},
		"the model is done":     {"    return 1\n", 100, generation.FinishEnd},
		"the tokens are spent":  {"    return 1 + 1 + 1\n", 3, generation.FinishLength},
		"the model says naught": {"", 100, generation.FinishEnd},
	}
	for name, test := range tests {
		for _, retriever := range []retrieval.Retriever{nil, helper} {
			t.Run(name, func(t *testing.T) {
				c := &seccoder.Coder{Retriever: retriever, Generator: says(test.text)}
				got := mustComplete(t, c, python(lookup), seccoder.Options{MaxTokens: test.tokens}).Completions[0]
				if got.Finish != test.finish {
					t.Errorf("finish %q, want %q", got.Finish, test.finish)
				}
			})
		}
	}
}

func TestCompleteShowsTheDemonstration(t *testing.T) {
	s := says("    return 1\n")
	r := mustComplete(t, &seccoder.Coder{Retriever: helper, Generator: s}, python(lookup), seccoder.Options{})
	if len(r.Prompt.Used) != 1 {
		t.Fatalf("used %+v, want one demonstration", r.Prompt.Used)
	}
	if used := r.Prompt.Used[0]; used.Example.ID != helper[0].ID || used.Rank != 1 || used.Score != 1 || used.Why != "it was given" {
		t.Errorf("used %+v, want the retriever's first", used)
	}
	if !strings.Contains(s.requests[0].Demonstration, "return db.get(quote_name(name))") {
		t.Errorf("the model read %q, which lacks the demonstration", s.requests[0].Demonstration)
	}
}

func TestCompleteOnPrompt(t *testing.T) {
	s := says("    return 1\n")
	var seen *seccoder.Integrated
	s.before = func(context.Context) error {
		if seen == nil {
			t.Error("the generator began before OnPrompt was called")
		}
		return nil
	}
	options := seccoder.Options{OnPrompt: func(p seccoder.Integrated) { seen = &p }}
	r := mustComplete(t, &seccoder.Coder{Retriever: helper, Generator: s}, python(lookup), options)
	if seen == nil || seen.Demonstration != r.Prompt.Demonstration || len(seen.Used) != 1 {
		t.Errorf("OnPrompt saw %+v, want the prompt of the result", seen)
	}
}

// TestCompleteBudget has an example that does not fit give way to the next one.
func TestCompleteBudget(t *testing.T) {
	long := example("def long():\n" + strings.Repeat("    print('a line that takes room')\n", 40))
	short := example("def short():\n    return 1\n")
	tests := map[string]struct {
		retriever ranked
		context   int
		used      []codebase.Example
		skipped   int
	}{
		"both fit":             {ranked{long, short}, 1 << 20, []codebase.Example{long, short}, 0},
		"the first gives way":  {ranked{long, short}, 1200, []codebase.Example{short}, 1},
		"one is all that fits": {ranked{short, long}, 1200, []codebase.Example{short}, 1},
		"none fits":            {ranked{long}, 1200, nil, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := &seccoder.Coder{Retriever: test.retriever, Generator: countingScript{says("    return 1\n"), test.context}}
			p := mustComplete(t, c, python(lookup), seccoder.Options{MaxTokens: 100}).Prompt
			if len(p.Used) != len(test.used) || len(p.Skipped) != test.skipped {
				t.Fatalf("used %d and skipped %d demonstrations, want %d and %d", len(p.Used), len(p.Skipped), len(test.used), test.skipped)
			}
			for i, e := range test.used {
				rank := 1 + slices.IndexFunc(test.retriever, func(r codebase.Example) bool { return r.ID == e.ID })
				if p.Used[i].Example.ID != e.ID || p.Used[i].Rank != rank {
					t.Errorf("used %+v, want %q at rank %d", p.Used[i], e.Code, rank)
				}
			}
			for _, skip := range p.Skipped {
				if skip.ID != long.ID || skip.Reason != integration.ReasonTooLong {
					t.Errorf("skipped %+v, want the long one for its length", skip)
				}
			}
			if want := len(p.Demonstration) + len(p.Prefix); p.PromptTokens != want {
				t.Errorf("%d prompt tokens, want %d by the generator's count", p.PromptTokens, want)
			}
		})
	}
}

// sure is a retriever that tells its confidence in its first example.
type sure struct {
	ranked
	confidence float64
}

func (r sure) Retrieve(ctx context.Context, q retrieval.Query, k int) ([]retrieval.Match, error) {
	matches, err := r.ranked.Retrieve(ctx, q, k)
	matches[0].Confidence = r.confidence
	return matches, err
}

func TestAbstain(t *testing.T) {
	first, second := example("def first():\n    return 1\n"), example("def second():\n    return 2\n")
	tests := map[string]struct {
		confidence, below float64
		options           seccoder.Options
		shown             int
	}{
		"sure enough":               {0.5, 0.5, seccoder.Options{}, seccoder.DefaultTopK},
		"not sure enough":           {0.49, 0.5, seccoder.Options{}, 0},
		"not sure enough for one":   {0.49, 0.5, seccoder.Options{TopK: 1}, 0},
		"sure enough for one":       {0.9, 0.5, seccoder.Options{TopK: 1}, 1},
		"whatever is found":         {0.01, 0, seccoder.Options{}, seccoder.DefaultTopK},
		"tells no confidence":       {0, 0.5, seccoder.Options{}, seccoder.DefaultTopK},
		"chosen by the caller":      {0.01, 0.5, seccoder.Options{Demonstrations: []codebase.Example{second}}, 1},
		"only the surest will do":   {0.99, 1, seccoder.Options{}, 0},
		"the surest, and it is one": {1, 1, seccoder.Options{}, seccoder.DefaultTopK},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := &seccoder.Coder{
				Retriever: sure{ranked{first, second}, test.confidence}, Generator: says("    return 1\n"), AbstainBelow: test.below,
			}
			p := mustComplete(t, c, python(lookup), test.options).Prompt
			if len(p.Used) != test.shown || p.Abstained != (test.shown == 0) {
				t.Fatalf("%d demonstrations, want %d; abstained is %v", len(p.Used), test.shown, p.Abstained)
			}
			if test.shown > 0 {
				return
			}
			if p.Demonstration != "" || p.Prefix != lookup {
				t.Errorf("the prompt is %q, %q, want the code alone", p.Demonstration, p.Prefix)
			}
			if len(p.Skipped) != 1 || p.Skipped[0].ID != first.ID || !strings.Contains(string(p.Skipped[0].Reason), "confidence") {
				t.Errorf("skipped %+v, want the first example for the confidence in it", p.Skipped)
			}
		})
	}
}

// chooser is a retriever that knows what to show together.
type chooser struct {
	ranked
	chosen []codebase.Example
	asked  *[]float64 // how many, and how sure
}

func (r chooser) Choose(ctx context.Context, q retrieval.Query, n int, sure float64) ([]retrieval.Match, error) {
	*r.asked = append(*r.asked, float64(n), sure)
	matches, err := ranked(r.chosen).Retrieve(ctx, q, n)
	for i := range matches {
		matches[i].Confidence = 0.6
	}
	return matches, err
}

// TestChosenTogether shows what a retriever chooses, whatever it would rank.
func TestChosenTogether(t *testing.T) {
	first, second, third := example("def first():\n    return 1\n"), example("def second():\n    return 2\n"), example("def third():\n    return 3\n")
	for k, want := range [][]codebase.Example{1: {first}, 2: {first, third}} {
		if k == 0 {
			continue
		}
		var asked []float64
		c := &seccoder.Coder{
			Retriever: chooser{ranked{first, second, third}, []codebase.Example{first, third}, &asked}, Generator: says("    return 1\n"), AbstainBelow: 0.5,
		}
		used := mustComplete(t, c, python(lookup), seccoder.Options{TopK: k}).Prompt.Used
		if len(used) != len(want) || used[k-1].Example.ID != want[k-1].ID || used[k-1].Rank != k || used[k-1].Confidence != 0.6 {
			t.Errorf("%d wanted: used %+v", k, used)
		}
		if asked[0] < float64(k) || asked[1] != 0.5 {
			t.Errorf("%d wanted: asked for %v", k, asked)
		}
	}
}

// TestRetryAfterCut takes a completion up again whose prefix had to be cut.
func TestRetryAfterCut(t *testing.T) {
	s := says("    return quote_name(name)\n", "    return name\n")
	prefix := strings.Repeat("import os\n", 200) + "\n" + lookup
	c := &seccoder.Coder{Generator: countingScript{s, 1000}}
	p := mustComplete(t, c, python(prefix), seccoder.Options{MaxTokens: 100, Demonstrations: helper}).Prompt
	if p.CutBytes == 0 || p.Prefix != prefix[p.CutBytes:] {
		t.Fatalf("cut %d bytes, which leaves %q", p.CutBytes, p.Prefix)
	}
	for i, r := range s.requests {
		if r.Prefix != p.Prefix {
			t.Errorf("try %d goes on with %q, want %q", i+1, r.Prefix, p.Prefix)
		}
	}
}

func TestCompleteSuffix(t *testing.T) {
	tests := map[string]struct {
		suffix string
		can    bool
		want   string
	}{
		"code":                         {"\nprint(lookup)\n", true, "\nprint(lookup)\n"},
		"white space only":             {"\n \t\n", true, ""},
		"a model that cannot fill in":  {"\nprint(lookup)\n", false, ""},
		"nothing behind the cursor":    {"", true, ""},
		"nothing, and it could not do": {"", false, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := says("    return 1\n")
			c := &seccoder.Coder{Generator: infillScript{s, test.can}}
			p := seccoder.Prompt{Language: lang.Python, Prefix: lookup, Suffix: test.suffix}
			r := mustComplete(t, c, p, seccoder.Options{})
			if s.requests[0].Suffix != test.want || r.Prompt.Suffix != test.want {
				t.Errorf("the model read the suffix %q, want %q", s.requests[0].Suffix, test.want)
			}
			if got, want := c.Text(r.Prompt), "<"+lookup+"|"+test.want+">"; got != want {
				t.Errorf("the prompt as one text is %q, want the generator's %q", got, want)
			}
		})
	}
}

func TestForcedDemonstrations(t *testing.T) {
	first, second := example("def one():\n    return 1\n"), example("def two():\n    return 2\n")
	tests := map[string]struct {
		forced []codebase.Example
		used   int
	}{
		"all of them are shown":          {[]codebase.Example{first, second}, 2},
		"none, whatever the retriever":   {[]codebase.Example{}, 0},
		"nil leaves it to the retriever": {nil, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := &seccoder.Coder{Retriever: helper, Generator: says("    return 1\n")}
			p := mustComplete(t, c, python(lookup), seccoder.Options{Demonstrations: test.forced}).Prompt
			if len(p.Used) != test.used {
				t.Fatalf("used %+v, want %d", p.Used, test.used)
			}
			for i, e := range test.forced {
				if p.Used[i].Example.ID != e.ID || p.Used[i].Rank != 0 || p.Used[i].Why == "" {
					t.Errorf("used %+v, want %q with no rank", p.Used[i], e.Code)
				}
			}
		})
	}
}

func TestGreedy(t *testing.T) {
	s := says("    return 1\n")
	mustComplete(t, &seccoder.Coder{Generator: s}, python(lookup), seccoder.Options{Greedy: true, Temperature: 0.9})
	if s.requests[0].Temperature != 0 {
		t.Errorf("temperature %g, want 0", s.requests[0].Temperature)
	}
}

func TestCompleteErrors(t *testing.T) {
	good := says("    return 1\n")
	tests := map[string]struct {
		coder   seccoder.Coder
		prompt  seccoder.Prompt
		options seccoder.Options
		text    string
	}{
		"no generator":          {seccoder.Coder{}, python(lookup), seccoder.Options{}, "no Generator"},
		"completions":           {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{N: -1}, "-1 completions"},
		"demonstrations":        {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{TopK: -2}, "-2 demonstrations"},
		"tokens":                {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{MaxTokens: -1}, "-1 tokens"},
		"temperature":           {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{Temperature: -0.1}, "temperature -0.1"},
		"temperature no number": {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{Temperature: math.NaN()}, "temperature NaN"},
		"endless temperature":   {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{Temperature: math.Inf(1)}, "temperature +Inf"},
		"share":                 {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{TopP: 1.5}, "top-p 1.5"},
		"share no number":       {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{TopP: math.NaN()}, "top-p NaN"},
		"language":              {seccoder.Coder{Generator: good}, seccoder.Prompt{Language: "cobol"}, seccoder.Options{}, `"cobol"`},
		"no room":               {seccoder.Coder{Generator: countingScript{good, 200}}, python(lookup), seccoder.Options{MaxTokens: 200}, "no room for a prompt"},
		"too few completions":   {seccoder.Coder{Generator: good}, python(lookup), seccoder.Options{N: 2}, "1 completions, expected 2"},
		"no completion":         {seccoder.Coder{Generator: &script{replies: [][]string{{}}}, Retriever: helper}, python(lookup), seccoder.Options{}, "0 completions, expected 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.coder.Complete(t.Context(), test.prompt, test.options)
			if err == nil || !strings.Contains(err.Error(), test.text) {
				t.Errorf("error %v, want one that says %q", err, test.text)
			}
		})
	}
}

func TestCompletePassesErrorsOn(t *testing.T) {
	broken := errors.New("broken")
	failing := says("")
	failing.before = func(context.Context) error { return broken }
	tests := map[string]*seccoder.Coder{
		"of the retriever": {Retriever: failingRetriever{broken}, Generator: says("    return 1\n")},
		"of the generator": {Generator: failing},
	}
	for name, coder := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := coder.Complete(t.Context(), python(lookup), seccoder.Options{}); !errors.Is(err, broken) {
				t.Errorf("error %v, want one that wraps the cause", err)
			}
		})
	}
}

type failingRetriever struct{ err error }

func (r failingRetriever) Retrieve(context.Context, retrieval.Query, int) ([]retrieval.Match, error) {
	return nil, r.err
}

func TestCompleteCancelled(t *testing.T) {
	tests := map[string]struct {
		options func(cancel func()) seccoder.Options
		called  bool
	}{
		"before it begins": {func(cancel func()) seccoder.Options { cancel(); return seccoder.Options{} }, false},
		"while it generates": {func(cancel func()) seccoder.Options {
			return seccoder.Options{OnText: func(int, string) { cancel() }}
		}, true},
	}
	for name, test := range tests {
		for retrieverName, retriever := range map[string]retrieval.Retriever{"with": helper, "without": nil} {
			t.Run(name+" "+retrieverName+" a demonstration", func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				s := says("    a = 1\n    b = 2\n    return a\n")
				c := &seccoder.Coder{Retriever: retriever, Generator: s}
				_, err := c.Complete(ctx, python(lookup), test.options(cancel))
				if !errors.Is(err, context.Canceled) {
					t.Errorf("error %v, want one that wraps context.Canceled", err)
				}
				if called := len(s.requests) > 0; called != test.called {
					t.Errorf("the generator was asked: %v, want %v", called, test.called)
				}
			})
		}
	}
}

// TestIntegrateWithoutGenerator makes a prompt that nobody completes.
func TestIntegrateWithoutGenerator(t *testing.T) {
	c := &seccoder.Coder{Retriever: helper}
	p, err := c.Integrate(t.Context(), python(lookup), seccoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if text := c.Text(p); text != p.Demonstration+p.Prefix || !strings.HasSuffix(text, lookup) {
		t.Errorf("the prompt as one text is %q", text)
	}
	if p.DemonstrationTokens != generation.EstimateTokens(p.Demonstration) {
		t.Errorf("%d tokens of the demonstration, want the estimate", p.DemonstrationTokens)
	}
	if _, err := c.Integrate(t.Context(), python(lookup), seccoder.Options{TopK: -1}); err == nil {
		t.Error("-1 demonstrations are no error")
	}
}

func TestCloseTwice(t *testing.T) {
	var c seccoder.Coder
	for range 2 {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}
