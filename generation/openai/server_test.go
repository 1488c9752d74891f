package openai_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
	"github.com/seccoder/seccoder/internal/enginetest"
)

// startServer starts llama.cpp's server with a small model and returns its base
// URL. SECCODER_TEST_PYTHON is a Python with the package xllamacpp (default
// python3). A test without it is skipped, unless SECCODER_TEST_REQUIRE is 1.
func startServer(t *testing.T, slots string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a model on a server takes its time")
	}
	python := os.Getenv("SECCODER_TEST_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import xllamacpp").Run(); err != nil {
		missing := fmt.Sprintf("%s has no xllamacpp (%v); set SECCODER_TEST_PYTHON", python, err)
		if os.Getenv("SECCODER_TEST_REQUIRE") == "1" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	model := enginetest.Model(t, enginetest.SmallModel)

	server := exec.Command(python, filepath.Join("testdata", "server.py"), model, slots)
	var log bytes.Buffer
	server.Stderr = &log
	stdin, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		_ = server.Process.Kill()
		_ = server.Wait() // for the log
		t.Fatalf("the server did not start (%v): %q\n%s", err, line, log.String())
	}
	return url + "/v1"
}

// TestServer asks a real server. Its completions are those of a very small
// model, so that nothing is expected of them but to be completions.
func TestServer(t *testing.T) {
	url := startServer(t, "2")
	options := openai.Options{BaseURL: url, Model: "smollm2", Timeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute}
	completions := mustNew(t, options)
	options.API = openai.APIChat
	chat := mustNew(t, options)

	ask := func(t *testing.T, g *openai.Generator, req generation.Request) generation.Response {
		t.Helper()
		got := deltas{}
		req.OnText = got.add
		r, err := g.Generate(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Completions) != req.N {
			t.Fatalf("%d completions, want %d", len(r.Completions), req.N)
		}
		got.check(t, r)
		return r
	}
	add := generation.Request{Prefix: "def add(a, b):\n    return", N: 1, MaxTokens: 6, TopP: 1}

	t.Run("completion", func(t *testing.T) {
		r := ask(t, completions, add)
		c := r.Completions[0]
		if !strings.HasPrefix(c.Text, " a + b") || c.Finish != generation.FinishLength || c.Tokens != 6 {
			t.Errorf("completion %+v", c)
		}
		if u := r.Usage; u.PromptTokens < 5 || u.PromptTokens > 15 || u.CompletionTokens != 6 || u.Prefill <= 0 {
			t.Errorf("usage %+v", u)
		}
		again := ask(t, completions, add)
		if again.Completions[0].Text != c.Text {
			t.Errorf("at temperature 0: %q, then %q", c.Text, again.Completions[0].Text)
		}
		if again.Usage.CachedTokens == 0 {
			t.Error("the server kept nothing of the prompt")
		}
	})

	t.Run("seeds", func(t *testing.T) {
		req := generation.Request{Prefix: "The sea", N: 2, MaxTokens: 6, TopP: 1, Temperature: 1.5, Seed: 3}
		pair := ask(t, completions, req)
		if pair.Completions[0].Text == pair.Completions[1].Text {
			t.Errorf("both completions are %q", pair.Completions[0].Text)
		}
		if u := pair.Usage; u.CompletionTokens != 12 {
			t.Errorf("usage %+v", u)
		}
		if again := ask(t, completions, req); texts(again) != texts(pair) {
			t.Errorf("the same seed: %s, then %s", texts(pair), texts(again))
		}
		req.Seed = 4
		if other := ask(t, completions, req); texts(other) == texts(pair) {
			t.Errorf("seeds 3 and 4 give %s", texts(pair))
		}
	})

	t.Run("more completions than slots", func(t *testing.T) {
		req := generation.Request{Prefix: "The sea", N: 3, MaxTokens: 5, TopP: 1, Temperature: 1.5, Seed: 3}
		r := ask(t, mustNew(t, openai.Options{BaseURL: url, Model: "smollm2"}), req)
		if r.Usage.CompletionTokens != 15 || r.Usage.PromptTokens == 0 {
			t.Errorf("usage %+v", r.Usage)
		}
		// The server counts seeds up as this package does.
		req.N = 2
		if pair := ask(t, completions, req); !strings.HasPrefix(texts(r), texts(pair)+"|") {
			t.Errorf("alone %s, together %s", texts(r), texts(pair))
		}
	})

	t.Run("stop", func(t *testing.T) {
		req := add
		req.MaxTokens = 200
		req.Stop = func(s string) (int, bool) {
			at := strings.IndexByte(s, '\n')
			return at, at >= 0
		}
		c := ask(t, completions, req).Completions[0]
		if c.Text != " a + b" || c.Finish != generation.FinishStop || c.Tokens > 10 {
			t.Errorf("completion %+v", c)
		}
	})

	t.Run("chat", func(t *testing.T) {
		req := add
		req.MaxTokens, req.N, req.Temperature = 24, 2, 0.7
		r := ask(t, chat, req)
		for _, c := range r.Completions {
			if strings.Contains(c.Text, "```") {
				t.Errorf("a fence in %q", c.Text)
			}
		}
		// A reply that was cancelled behind its fence leaves the prompt's size unknown.
		if u := r.Usage; (u.PromptTokens < 40 && u.PromptTokens != 0) || u.CompletionTokens < 2 || u.CompletionTokens > 48 {
			t.Errorf("usage %+v", u)
		}
	})

	t.Run("prompt too long", func(t *testing.T) {
		for name, g := range map[string]*openai.Generator{"completions": completions, "chat": chat} {
			req := add
			req.N = 2
			req.Prefix = strings.Repeat("x = 1\n", 300)
			_, err := g.Generate(t.Context(), req)
			if !errors.Is(err, generation.ErrPromptTooLong) || !strings.Contains(err.Error(), "512") {
				t.Errorf("%s: err = %v", name, err)
			}
		}
	})

	t.Run("cancel", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		req := add
		req.MaxTokens = 400
		req.OnText = func(int, string) { cancel() }
		r, err := completions.Generate(ctx, req)
		if !errors.Is(err, context.Canceled) || len(r.Completions) != 0 {
			t.Errorf("response %+v, err = %v", r, err)
		}
		ask(t, completions, add) // the slot is free again
	})

	t.Run("wrong address", func(t *testing.T) {
		g := mustNew(t, openai.Options{BaseURL: strings.TrimSuffix(url, "/v1") + "/v2", Model: "smollm2"})
		_, err := g.Generate(t.Context(), add)
		if err == nil || !strings.Contains(err.Error(), "404") || !strings.Contains(err.Error(), "/v1") {
			t.Errorf("err = %v", err)
		}
	})
}
