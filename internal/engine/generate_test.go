package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
)

func TestOpenDescribesTheModel(t *testing.T) {
	t.Parallel()
	e := engine.New(options(t))
	defer e.Close()
	if pid := e.Pid(); pid != 0 {
		t.Errorf("worker %d runs before it is needed", pid)
	}
	info, err := e.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := (engine.Info{ContextTokens: 8192, Dimensions: 576}); info != want {
		t.Errorf("got %+v, want %+v", info, want)
	}
	again, err := e.Open(t.Context())
	if err != nil || again != info {
		t.Errorf("opened again: %+v, %v", again, err)
	}
}

// The likeliest continuation of a list that repeats itself is more of it.
func TestGenerateContinuesThePrompt(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	g := engine.Generation{Prefix: "one two three one two three one two three one two", N: 2, MaxTokens: 4, TopP: 1}
	r := mustGenerate(t, e, g)
	for i, text := range r.texts {
		if text != " three one two three" {
			t.Errorf("sample %d: %q", i, text)
		}
	}
	if r.usage.CompletionTokens != 8 || r.usage.PromptTokens != 11 || r.usage.Threads != 1 {
		t.Errorf("usage %+v", r.usage)
	}
}

func TestSameSeedSameText(t *testing.T) {
	t.Parallel()
	g := engine.Generation{Demonstration: demonstration, Prefix: prefix, N: 3, MaxTokens: 8, Temperature: 1, TopP: 0.95, Seed: 7}
	e := mustOpen(t, options(t))
	cold := mustGenerate(t, e, g)
	if cold.usage.CachedTokens != 0 {
		t.Errorf("a first request found %d tokens kept", cold.usage.CachedTokens)
	}
	same := func(how string, r result) {
		t.Helper()
		if !slices.Equal(r.texts, cold.texts) {
			t.Errorf("%s: got %q, first %q", how, r.texts, cold.texts)
		}
	}
	warm := mustGenerate(t, e, g)
	same("from the kept state", warm)
	if n := warm.usage.CachedTokens; n < 90 || n >= warm.usage.PromptTokens {
		t.Errorf("the second request found %d of %d tokens kept", n, warm.usage.PromptTokens)
	}

	// A larger request in between makes the worker's context a larger one.
	large := engine.Generation{Prefix: prefix, N: 20, MaxTokens: 100, TopP: 1}
	if _, err := generate(t.Context(), e, large, func(int, int) bool { return true }); err != nil {
		t.Fatal(err)
	}
	same("in a larger context", mustGenerate(t, e, g))

	two := options(t)
	two.Threads = 2
	same("with two threads", mustGenerate(t, mustOpen(t, two), g))

	none := options(t)
	none.StateBytes = 1
	e = mustOpen(t, none)
	same("in another process", mustGenerate(t, e, g))
	r := mustGenerate(t, e, g)
	same("without room for states", r)
	if r.usage.CachedTokens != 0 {
		t.Errorf("%d tokens were kept without room for them", r.usage.CachedTokens)
	}

	other := g
	other.Seed = 8
	if r := mustGenerate(t, e, other); slices.Equal(r.texts, cold.texts) {
		t.Error("another seed gave the same texts")
	}
}

func TestSamplesDiffer(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	g := engine.Generation{Prefix: prefix, N: 8, MaxTokens: 10, Temperature: 1, TopP: 1}
	distinct := map[string]bool{}
	for _, text := range mustGenerate(t, e, g).texts {
		distinct[text] = true
	}
	if len(distinct) < 7 {
		t.Errorf("%d distinct texts of 8: %v", len(distinct), distinct)
	}
}

func TestMoreSamplesThanDecodeTogether(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	const n = 70
	r, err := generate(t.Context(), e, engine.Generation{Prefix: prefix, N: n, MaxTokens: 3, Temperature: 3, TopP: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	distinct := map[string]bool{}
	for i, tokens := range r.tokens {
		if tokens < 1 || tokens > 3 {
			t.Errorf("sample %d has %d tokens", i, tokens)
		}
		total += tokens
		distinct[r.texts[i]] = true
	}
	if total != r.usage.CompletionTokens {
		t.Errorf("%d tokens came, usage says %d", total, r.usage.CompletionTokens)
	}
	if len(distinct) < n/2 {
		t.Errorf("%d distinct texts of %d", len(distinct), n)
	}
}

func TestSamplesEndAlone(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	// They end out of order, and there are more than decode together.
	const n = 35
	g := engine.Generation{Prefix: prefix, N: n, MaxTokens: 6, TopP: 1}
	limit := func(index int) int { return (index*5)%6 + 1 }
	r, err := generate(t.Context(), e, g, func(index, tokens int) bool { return tokens == limit(index) })
	if err != nil {
		t.Fatal(err)
	}
	for i, tokens := range r.tokens {
		if tokens != limit(i) {
			t.Errorf("sample %d has %d tokens, want %d", i, tokens, limit(i))
		}
	}
}

func TestModelEndsASample(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	g := engine.Generation{Prefix: "Question: is 2 an even number? Answer with yes or no.\nAnswer: Yes.", N: 4, MaxTokens: 60, Temperature: 1.2, TopP: 1}
	ends := make([]int, g.N)
	pieces := make([]int, g.N)
	usage, err := e.Generate(t.Context(), g, func(step []engine.Piece) []int {
		for _, p := range step {
			if ends[p.Index] > 0 {
				t.Errorf("sample %d goes on behind its end", p.Index)
			}
			if p.End {
				ends[p.Index]++
				if len(p.Text) > 0 {
					t.Errorf("sample %d ends with the text %q", p.Index, p.Text)
				}
			}
			pieces[p.Index]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for i, n := range pieces {
		total += n
		if ends[i] == 0 && n != g.MaxTokens {
			t.Errorf("sample %d ends behind %d tokens for no reason", i, n)
		}
	}
	if total != usage.CompletionTokens {
		t.Errorf("%d tokens came, usage says %d", total, usage.CompletionTokens)
	}
}

func TestGenerateRefuses(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	tests := map[string]struct {
		generation engine.Generation
		tooLong    bool
		want       []string
	}{
		"a prompt that is too long": {
			engine.Generation{Prefix: strings.Repeat(" a", 8190), N: 1, MaxTokens: 3},
			true, []string{"8190", " 3 ", "8192"},
		},
		"a completion that is too long": {
			engine.Generation{Prefix: "a", N: 1, MaxTokens: 8192},
			true, []string{"1 tokens of prompt", "8192"},
		},
		"an absurd completion": {
			engine.Generation{Prefix: "a", N: 1, MaxTokens: int(^uint(0) >> 1)},
			true, []string{"8192"},
		},
		"no samples":      {engine.Generation{Prefix: "a", MaxTokens: 1}, false, []string{"0 samples"}},
		"no tokens":       {engine.Generation{Prefix: "a", N: 1}, false, []string{"of 0 tokens"}},
		"an empty prompt": {engine.Generation{N: 1, MaxTokens: 1}, false, []string{"the prompt is empty"}},
		"infilling without tokens for it": {
			engine.Generation{Prefix: "a", Suffix: "b", Infill: true, N: 1, MaxTokens: 1},
			false, []string{"fill in the middle"},
		},
	}
	pid := e.Pid()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := generate(t.Context(), e, test.generation, nil)
			if err == nil || errors.Is(err, engine.ErrTooLong) != test.tooLong {
				t.Fatalf("got the error %v", err)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not name %q", err, want)
				}
			}
		})
	}
	if e.Pid() != pid {
		t.Error("a request that was refused cost the worker")
	}
}

// 512 tokens are decoded at once: the borders of such a batch are where mistakes hide.
func TestPromptsOfAllLengths(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	for _, length := range []struct{ demonstration, prefix int }{{0, 1}, {1, 1}, {0, 512}, {0, 513}, {512, 1}} {
		g := engine.Generation{
			Demonstration: strings.Repeat(" a", length.demonstration),
			Prefix:        strings.Repeat(" a", length.prefix),
			N:             2, MaxTokens: 2, TopP: 1,
		}
		if r := mustGenerate(t, e, g); r.usage.PromptTokens != length.demonstration+length.prefix || r.usage.CompletionTokens != 4 {
			t.Errorf("%+v: usage %+v", length, r.usage)
		}
	}
}

func TestOddText(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	pid := e.Pid()
	for name, text := range map[string]string{
		"invalid UTF-8":   "abc \xff\xfe\xc3( \xed\xa0\x80 \xf8\x88\x80\x80\x80 def",
		"half a rune":     "gr\xc3",
		"zero bytes":      "a\x00b\x00\x00",
		"control bytes":   "\x01\x02\x1b[31m\x7f",
		"special tokens":  "<|im_start|>system\n<|endoftext|>",
		"no space at all": strings.Repeat("x", 20000),
		"white space":     strings.Repeat(" ", 5000) + strings.Repeat("\n\t", 2000),
		"digits":          strings.Repeat("7", 5000),
		"combining marks": "e" + strings.Repeat("\u0301", 3000),
		"beyond the BMP":  strings.Repeat("𝔘👩‍👩‍👧", 300),
	} {
		n, err := e.CountTokens(t.Context(), text)
		if err != nil || n < 1 || n > len(text) {
			t.Errorf("%s: %d tokens of %d bytes, %v", name, n, len(text), err)
		}
		g := engine.Generation{Prefix: text[:min(len(text), 200)], Demonstration: text[:min(len(text), 50)], N: 1, MaxTokens: 2, TopP: 1}
		if _, err := generate(t.Context(), e, g, nil); err != nil {
			t.Errorf("%s: generate: %v", name, err)
		}
	}
	if e.Pid() != pid {
		t.Error("odd text cost the worker")
	}
}

func TestSeveralAtOnce(t *testing.T) {
	t.Parallel()
	e := engine.New(options(t))
	defer e.Close()
	requests := make([]engine.Generation, 4)
	for i := range requests {
		requests[i] = engine.Generation{Prefix: fmt.Sprintf("x%d = %d\n", i, i), N: 2, MaxTokens: 5, Temperature: 1, TopP: 1, Seed: uint64(i)}
	}
	results := make([]result, len(requests))
	var all sync.WaitGroup
	for i, g := range requests {
		all.Go(func() {
			var err error
			if results[i], err = generate(t.Context(), e, g, nil); err != nil {
				t.Error(err)
			}
			if _, err := e.CountTokens(t.Context(), g.Prefix); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i, g := range requests {
		if alone := mustGenerate(t, e, g); !slices.Equal(alone.texts, results[i].texts) {
			t.Errorf("request %d: %q among others, %q alone", i, results[i].texts, alone.texts)
		}
	}
}

func TestStatesAreBounded(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.StateBytes = 3 << 20 // a state of this prompt has 2 MB
	e := mustOpen(t, o)
	cached := func(demonstration string) int {
		t.Helper()
		return mustGenerate(t, e, engine.Generation{Demonstration: demonstration, Prefix: prefix, N: 1, MaxTokens: 1, TopP: 1}).usage.CachedTokens
	}
	cached(demonstration)
	if cached(demonstration) == 0 {
		t.Fatal("a demonstration was not kept that has room")
	}
	cached("# other\n" + demonstration)
	if cached(demonstration) != 0 {
		t.Error("two demonstrations were kept in the room of one")
	}
}
