package seccoder_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/generation"
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
