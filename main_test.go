package seccoder_test

import (
	"context"
	"os"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func TestMain(m *testing.M) {
	seccoder.RunWorker()
	os.Exit(m.Run())
}

// ranked is a retriever that has its ranking already.
type ranked []codebase.Example

func (r ranked) Retrieve(_ context.Context, _ retrieval.Query, k int) ([]retrieval.Match, error) {
	var matches []retrieval.Match
	for i, e := range r[:min(k, len(r))] {
		matches = append(matches, retrieval.Match{Example: e, Score: 1 / float64(i+1), Why: "it was given"})
	}
	return matches, nil
}

// example makes an example of Python code.
func example(code string) codebase.Example {
	e := codebase.Example{Code: code, Language: lang.Python, Title: "an example", CWEs: []codebase.CWE{89}}
	e.ID = e.Hash()
	return e
}

// python is a prompt in Python.
func python(prefix string) seccoder.Prompt {
	return seccoder.Prompt{Language: lang.Python, Prefix: prefix}
}

// mustComplete completes and checks what holds of every result.
func mustComplete(t *testing.T, c *seccoder.Coder, p seccoder.Prompt, o seccoder.Options) seccoder.Result {
	t.Helper()
	shown := map[int]string{}
	watch := o.OnText
	o.OnText = func(index int, delta string) {
		shown[index] += delta
		if watch != nil {
			watch(index, delta)
		}
	}
	result, err := c.Complete(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if want := max(o.N, 1); len(result.Completions) != want {
		t.Fatalf("%d completions, want %d", len(result.Completions), want)
	}
	for _, completion := range result.Completions {
		if shown[completion.Index] != completion.Text {
			t.Errorf("OnText showed %q of completion %d, whose text is %q", shown[completion.Index], completion.Index, completion.Text)
		}
	}
	return result
}
