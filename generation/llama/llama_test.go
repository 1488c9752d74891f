package llama_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/internal/enginetest"
)

var (
	_ generation.Generator    = (*llama.Generator)(nil)
	_ generation.TokenCounter = (*llama.Generator)(nil)
	_ generation.ContextSizer = (*llama.Generator)(nil)
	_ generation.Infiller     = (*llama.Generator)(nil)
)

func TestMain(m *testing.M) {
	llama.RunWorker()
	os.Exit(m.Run())
}

func mustNew(t testing.TB, model string) *llama.Generator {
	t.Helper()
	g, err := llama.New(t.Context(), llama.Options{LibraryDir: enginetest.Libraries(t), ModelPath: enginetest.Model(t, model), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	return g
}

func mustGenerate(t testing.TB, g *llama.Generator, r generation.Request) generation.Response {
	t.Helper()
	response, err := g.Generate(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

const prefix = "def read_lines(path):\n    with open(path) as file:\n"

func TestGenerate(t *testing.T) {
	g := mustNew(t, enginetest.SmallModel)
	request := generation.Request{
		Demonstration: "# Count words.\ndef count(text):\n    return len(text.split())\n\n",
		Prefix:        prefix, N: 3, MaxTokens: 15, Temperature: 0.8, TopP: 0.95, Seed: 1,
	}
	first := mustGenerate(t, g, request)
	if len(first.Completions) != 3 {
		t.Fatalf("%d completions", len(first.Completions))
	}
	total := 0
	for i, c := range first.Completions {
		total += c.Tokens
		if c.Text == "" || c.Tokens < 1 || c.Tokens > 15 || (c.Tokens == 15) != (c.Finish == generation.FinishLength) {
			t.Errorf("completion %d: %+v", i, c)
		}
	}
	if u := first.Usage; u.CompletionTokens != total || u.CachedTokens != 0 || u.Prefill <= 0 || u.Decode <= 0 {
		t.Errorf("usage %+v of %d tokens", u, total)
	}
	n, err := g.CountTokens(t.Context(), request.Demonstration+request.Prefix)
	if err != nil || n != first.Usage.PromptTokens {
		t.Errorf("the prompt has %d tokens by CountTokens (%v), %d by usage", n, err, first.Usage.PromptTokens)
	}

	again := mustGenerate(t, g, request)
	for i, c := range again.Completions {
		if c != first.Completions[i] {
			t.Errorf("completion %d: %+v, again %+v", i, first.Completions[i], c)
		}
	}
	if again.Usage.CachedTokens == 0 {
		t.Error("the demonstration's state was not kept")
	}
	if got := g.ContextTokens(); got != 8192 {
		t.Errorf("%d context tokens", got)
	}
}

func TestGenerateStreams(t *testing.T) {
	g := mustNew(t, enginetest.SmallModel)
	request := generation.Request{Prefix: prefix, N: 4, MaxTokens: 25, Temperature: 1, TopP: 1}
	streamed := make([]strings.Builder, request.N)
	request.OnText = func(index int, delta string) {
		if delta == "" {
			t.Errorf("completion %d: an empty delta", index)
		}
		streamed[index].WriteString(delta)
	}
	// A completion ends at its first line's end.
	request.Stop = func(text string) (int, bool) {
		end := strings.IndexByte(text, '\n')
		return end, end >= 0
	}
	stopped := 0
	for i, c := range mustGenerate(t, g, request).Completions {
		if got := streamed[i].String(); got != c.Text {
			t.Errorf("completion %d: %q, but the deltas are %q", i, c.Text, got)
		}
		if strings.Contains(c.Text, "\n") {
			t.Errorf("completion %d goes on behind its stop: %q", i, c.Text)
		}
		if c.Finish == generation.FinishStop {
			stopped++
		}
	}
	if stopped == 0 {
		t.Error("no completion was stopped")
	}
}

func TestGenerateStopsEarly(t *testing.T) {
	g := mustNew(t, enginetest.SmallModel)
	calls := 0
	response := mustGenerate(t, g, generation.Request{
		Prefix: prefix, N: 1, MaxTokens: 8000, TopP: 1,
		Stop: func(text string) (int, bool) { calls++; return len(text), calls == 3 },
	})
	c := response.Completions[0]
	if c.Finish != generation.FinishStop || c.Tokens != 3 || response.Usage.CompletionTokens != 3 {
		t.Errorf("%+v, usage %+v", c, response.Usage)
	}
}

func TestInfill(t *testing.T) {
	g := mustNew(t, enginetest.InfillModel)
	if !g.CanInfill() {
		t.Fatal("the model cannot fill in the middle")
	}
	// The name of the function can only be known from what is behind the cursor.
	request := generation.Request{Prefix: "def ", Suffix: "(a, b):\n    return a * b\n\n\nprint(multiply_numbers(2, 3))\n", N: 1, MaxTokens: 6, TopP: 1}
	if c := mustGenerate(t, g, request).Completions[0]; !strings.HasPrefix(c.Text, "multiply_numbers") {
		t.Errorf("filled in %q (%s)", c.Text, c.Finish)
	}
	// The demonstration's state is kept here, too.
	request.Demonstration = "# Numbers.\ndef add_numbers(a, b):\n    return a + b\n\n\n"
	cold := mustGenerate(t, g, request)
	warm := mustGenerate(t, g, request)
	if cold.Usage.CachedTokens != 0 || warm.Usage.CachedTokens == 0 || warm.Completions[0] != cold.Completions[0] {
		t.Errorf("cold %+v, warm %+v", cold, warm)
	}
}

// A model that cannot fill in the middle completes what is before the cursor.
func TestSuffixIsLeftOut(t *testing.T) {
	g := mustNew(t, enginetest.SmallModel)
	if g.CanInfill() {
		t.Fatal("the model can fill in the middle")
	}
	request := generation.Request{Prefix: prefix, N: 1, MaxTokens: 5, TopP: 1}
	without := mustGenerate(t, g, request).Completions[0]
	request.Suffix = "    return lines\n"
	if with := mustGenerate(t, g, request).Completions[0]; with != without {
		t.Errorf("%+v with a suffix, %+v without", with, without)
	}
}

func TestGenerateFails(t *testing.T) {
	g := mustNew(t, enginetest.SmallModel)
	t.Run("prompt too long", func(t *testing.T) {
		_, err := g.Generate(t.Context(), generation.Request{Prefix: strings.Repeat(" a", 9000), N: 1, MaxTokens: 10})
		if !errors.Is(err, generation.ErrPromptTooLong) || !strings.Contains(err.Error(), "9000") || !strings.Contains(err.Error(), "8192") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no completions", func(t *testing.T) {
		for _, n := range []int{0, -1} {
			if _, err := g.Generate(t.Context(), generation.Request{Prefix: "a", N: n, MaxTokens: 1}); err == nil {
				t.Errorf("%d completions were made", n)
			}
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		response, err := g.Generate(ctx, generation.Request{
			Prefix: prefix, N: 2, MaxTokens: 4000, Temperature: 1, TopP: 1,
			Stop: func(string) (int, bool) { cancel(); return 0, false },
		})
		if !errors.Is(err, context.Canceled) || len(response.Completions) > 0 {
			t.Errorf("got %d completions, %v", len(response.Completions), err)
		}
	})
	t.Run("closed", func(t *testing.T) {
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := g.Generate(t.Context(), generation.Request{Prefix: "a", N: 1, MaxTokens: 1}); err == nil {
			t.Error("a closed generator completes")
		}
		if g.Pid() != 0 {
			t.Error("its worker runs on")
		}
	})
}

func TestNewFails(t *testing.T) {
	for name, options := range map[string]llama.Options{
		"no library":  {LibraryDir: t.TempDir(), ModelPath: enginetest.Model(t, enginetest.SmallModel)},
		"no model":    {LibraryDir: enginetest.Libraries(t), ModelPath: "no-such.gguf"},
		"an embedder": {LibraryDir: enginetest.Libraries(t), ModelPath: enginetest.Embedder(t)},
		"no options":  {},
		"no worker":   {WorkerCommand: []string{"no-such-program-here"}},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := llama.New(t.Context(), options)
			if err == nil {
				_ = g.Close()
				t.Error("it can be used")
			}
		})
	}
}
