package seccoder_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/retrieval"
)

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
