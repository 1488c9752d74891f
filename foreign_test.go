package seccoder_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/lang"
)

// helper is a demonstration that defines what only it has: quote_name and json.
var helper = ranked{example(`import json

def quote_name(name):
    return json.dumps(name)

def find(db, name):
    return db.get(quote_name(name))
`)}

const lookup = "def lookup(db, name):\n"

// sizes are lengths of tokens: what comes out must not depend on how text is cut up.
var sizes = []int{1, 2, 3, 7, 1000}

// TestRetry has a single completion taken up again from the line before.
func TestRetry(t *testing.T) {
	tests := map[string]struct {
		prefix, suffix string
		replies        []string
		text           string
		kept           []string // before each retry
		foreign        []string
	}{
		"no foreign name": {
			prefix:  lookup,
			replies: []string{"    key = name\n    return db.get(key)\n\nprint(1)\n"},
			text:    "    key = name\n    return db.get(key)\n",
		},
		"on the second line": {
			prefix:  lookup,
			replies: []string{"    key = name\n    key = quote_name(key)\n    return 1\n", "    return db.get(key)\n\nx = 1\n"},
			text:    "    key = name\n    return db.get(key)\n",
			kept:    []string{"    key = name\n"},
		},
		"on the first line": {
			prefix:  lookup,
			replies: []string{"    return quote_name(name)\n\n", "    return db.get(name)\n\n"},
			text:    "    return db.get(name)\n\n",
			kept:    []string{""},
		},
		"on a last line without end": {
			prefix:  lookup,
			replies: []string{"    a = 1\n    return json.dumps(name)", "    return db.get(name)"},
			text:    "    a = 1\n    return db.get(name)",
			kept:    []string{"    a = 1\n"},
		},
		"two of them": {
			prefix: lookup,
			replies: []string{
				"    a = 1\n    a = json.loads(name)\n    return a\n",
				"    b = 2\n    b = quote_name(b)\n    return b\n",
				"    return db.get(b)\n",
			},
			text: "    a = 1\n    b = 2\n    return db.get(b)\n",
			kept: []string{"    a = 1\n", "    a = 1\n    b = 2\n"},
		},
		"again and again": {
			prefix:  lookup,
			replies: []string{"    a = 1\n    return quote_name(a)\n\nx = 1\n", "    return quote_name(a)\n\nx = 1\n"},
			text:    "    a = 1\n    return quote_name(a)\n",
			kept:    []string{"    a = 1\n", "    a = 1\n", "    a = 1\n"},
			foreign: []string{"quote_name"},
		},
		"behind the construct": {
			prefix:  lookup,
			replies: []string{"    return db.get(name)\n\nprint(quote_name(1))\nprint(2)\n"},
			text:    "    return db.get(name)\n",
		},
		"defined by the completion in the end": {
			prefix:  "import os\n\n",
			replies: []string{"def quote_name(x): return quote_name(x)\n\nx = 1\n"},
			text:    "def quote_name(x): return quote_name(x)\n",
		},
		"the user's file begins with what must stay first": {
			prefix:  "#!/usr/bin/env python3\n" + lookup,
			replies: []string{"    return quote_name(name)\n", "    return db.get(name)\n"},
			text:    "    return db.get(name)\n",
			kept:    []string{""},
		},
		"known behind the cursor": {
			prefix: lookup, suffix: "\n\ndef quote_name(name):\n    return name\n",
			replies: []string{"    return quote_name(name)\n"},
			text:    "    return quote_name(name)\n",
		},
		"used behind the cursor": {
			prefix: lookup, suffix: "\n\nprint(json.dumps(lookup(DB, 'a')))\n",
			replies: []string{"    return json.dumps(name)\n"},
			text:    "    return json.dumps(name)\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, size := range sizes {
				s := says(test.replies...)
				s.size = size
				c := &seccoder.Coder{Retriever: helper, Generator: s}
				p := seccoder.Prompt{Language: lang.Python, Prefix: test.prefix, Suffix: test.suffix}
				r := mustComplete(t, c, p, seccoder.Options{Seed: 5})
				got := r.Completions[0]
				if strings.TrimRight(got.Text, "\n") != strings.TrimRight(test.text, "\n") {
					t.Errorf("tokens of %d bytes: completed %q, want %q", size, got.Text, test.text)
				}
				if got.Retries != len(test.kept) || !slices.Equal(got.ForeignNames, test.foreign) {
					t.Errorf("tokens of %d bytes: %d retries and the foreign names %q, want %d and %q", size, got.Retries, got.ForeignNames, len(test.kept), test.foreign)
				}
				checkRequests(t, s, test.prefix, test.kept)
			}
		})
	}
}

// checkRequests looks at what was asked of the generator: first with the
// demonstration, then without it and with the lines that are kept.
func checkRequests(t *testing.T, s *script, prefix string, kept []string) {
	t.Helper()
	if len(s.requests) != 1+len(kept) {
		t.Fatalf("the generator was asked %d times, want %d", len(s.requests), 1+len(kept))
	}
	first := s.requests[0]
	if first.Demonstration == "" {
		t.Error("the first try has no demonstration")
	}
	seeds := map[uint64]bool{first.Seed: true}
	for i, r := range s.requests[1:] {
		if r.Demonstration != "" {
			t.Errorf("try %d has a demonstration", i+2)
		}
		if want := prefix + kept[i]; r.Prefix != want {
			t.Errorf("try %d goes on with %q, want %q", i+2, r.Prefix, want)
		}
		if r.Suffix != first.Suffix {
			t.Errorf("try %d has the suffix %q, want %q", i+2, r.Suffix, first.Suffix)
		}
		if seeds[r.Seed] {
			t.Errorf("try %d has the seed of another", i+2)
		}
		seeds[r.Seed] = true
		if want := first.MaxTokens - generation.EstimateTokens(kept[i]); r.MaxTokens != want {
			t.Errorf("try %d may take %d tokens, want %d", i+2, r.MaxTokens, want)
		}
	}
}

// TestRetryBraces has foreign names in a language whose constructs end at a brace.
func TestRetryBraces(t *testing.T) {
	demonstration := codebase.Example{Language: lang.C, Code: "int clamp(int i)\n{\n\treturn i;\n}\n\nint get(int i)\n{\n\treturn t[clamp(i)];\n}\n"}
	p := seccoder.Prompt{Language: lang.C, Prefix: "int at(int *a, int n, int i)\n{\n"}
	for _, size := range sizes {
		s := says("\tif (i < 0)\n\t\treturn -1;\n\ti = clamp(i);\n\treturn a[i];\n}\n", "\treturn i < n ? a[i] : -1;\n}\n\nint other(void)\n{\n\treturn clamp(1);\n}\n")
		s.size = size
		c := &seccoder.Coder{Generator: s}
		got := mustComplete(t, c, p, seccoder.Options{Demonstrations: []codebase.Example{demonstration}}).Completions[0]
		want := "\tif (i < 0)\n\t\treturn -1;\n\treturn i < n ? a[i] : -1;\n}"
		if got.Text != want || got.Retries != 1 || got.Finish != generation.FinishStop {
			t.Errorf("tokens of %d bytes: completed %q (%s) after %d retries, want %q after 1", size, got.Text, got.Finish, got.Retries, want)
		}
	}
}

// TestRetryShowsLinesEarly checks that text is shown before the generator is done.
func TestRetryShowsLinesEarly(t *testing.T) {
	s := says("    a = 1\n    b = 2\n    c = 3\n    return quote_name(a)\n", "    return 4\n")
	c := &seccoder.Coder{Retriever: helper, Generator: s}
	var calls []int
	mustComplete(t, c, python(lookup), seccoder.Options{OnText: func(int, string) { calls = append(calls, len(s.requests)) }})
	if len(calls) < 3 || calls[0] != 1 || calls[1] != 1 {
		t.Errorf("text was shown during tries %v, want several times during the first", calls)
	}
}

func TestRetryCountsWithTheModelsTokens(t *testing.T) {
	s := says("    a = 1\n    return quote_name(a)\n", "    return a\n")
	s.size = 1
	c := &seccoder.Coder{Retriever: helper, Generator: countingScript{s, 4096}}
	mustComplete(t, c, python(lookup), seccoder.Options{MaxTokens: 200})
	if want := 200 - len("    a = 1\n"); s.requests[1].MaxTokens != want {
		t.Errorf("the second try may take %d tokens, want %d", s.requests[1].MaxTokens, want)
	}
}

func TestRetryUsage(t *testing.T) {
	s := says("    a = 1\n    a = quote_name(a)\n", "    return a\n")
	s.size = 1
	c := &seccoder.Coder{Retriever: helper, Generator: s}
	r := mustComplete(t, c, python(lookup), seccoder.Options{})
	tokens := len("    a = 1\n    a = quote_name(a)\n") + len("    return a\n")
	want := generation.Usage{
		PromptTokens:     len(s.requests[0].Demonstration) + len(s.requests[0].Prefix),
		CompletionTokens: tokens,
		Prefill:          scriptPrefill,
		Decode:           scriptPrefill + time.Duration(tokens)*scriptDecode,
	}
	if r.Usage != want {
		t.Errorf("usage %+v, want %+v", r.Usage, want)
	}
	if r.Completions[0].Tokens != tokens {
		t.Errorf("%d tokens, want %d: those cut off count", r.Completions[0].Tokens, tokens)
	}
	if r.Timing.Prefill != want.Prefill || r.Timing.Decode != want.Decode {
		t.Errorf("timing %+v, want that of the usage %+v", r.Timing, want)
	}
}

func TestRetryFails(t *testing.T) {
	broken := errors.New("broken")
	s := says("    return quote_name(name)\n")
	s.before = func(context.Context) error {
		if len(s.requests) == 2 {
			return broken
		}
		return nil
	}
	c := &seccoder.Coder{Retriever: helper, Generator: s}
	if _, err := c.Complete(t.Context(), python(lookup), seccoder.Options{}); !errors.Is(err, broken) {
		t.Errorf("error %v, want the generator's", err)
	}
}

// TestForeignLast puts completions with foreign names behind those without.
func TestForeignLast(t *testing.T) {
	texts := []string{
		"    return quote_name(name)\n",
		"    return db.get(name)\n",
		"    return json.dumps(name)\n",
		"    return db[name]\n",
	}
	tests := map[string]struct {
		keep  bool
		order []int
	}{
		"without first":   {order: []int{1, 3, 0, 2}},
		"as they come":    {keep: true, order: []int{0, 1, 2, 3}},
		"the same with 1": {keep: true, order: []int{0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &script{replies: [][]string{texts}}
			c := &seccoder.Coder{Retriever: helper, Generator: s}
			r := mustComplete(t, c, python(lookup), seccoder.Options{N: len(test.order), KeepForeign: test.keep})
			foreign := map[int][]string{0: {"quote_name"}, 2: {"json"}}
			for i, completion := range r.Completions {
				at := test.order[i]
				if completion.Index != at || completion.Text != texts[at] || !slices.Equal(completion.ForeignNames, foreign[at]) {
					t.Errorf("place %d: got %+v, want completion %d with the foreign names %q", i, completion, at, foreign[at])
				}
			}
			if len(s.requests) != 1 {
				t.Errorf("the generator was asked %d times, want once", len(s.requests))
			}
		})
	}
}
