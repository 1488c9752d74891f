package seccoder_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

// findUser is code that asks for an SQL statement.
const findUser = `import sqlite3


def find_user(db: sqlite3.Connection, name: str):
    """Return the row of the user with this name."""
`

// config is that of a small model and a store of its own.
func config(t *testing.T, retriever retrieval.Name) seccoder.Config {
	t.Helper()
	enginetest.Libraries(t)
	enginetest.Model(t, enginetest.SmallModel)
	if retriever.Embeds() {
		enginetest.Embedder(t)
	}
	return seccoder.Config{
		Model: enginetest.SmallModel, Retriever: retriever,
		StorePath: filepath.Join(t.TempDir(), "new", "codebase.db"),
		CacheDir:  os.Getenv("SECCODER_CACHE_DIR"),
	}
}

func mustOpen(t *testing.T, c seccoder.Config) *seccoder.Coder {
	t.Helper()
	coder, err := seccoder.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := coder.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return coder
}

// TestOpen completes with a real model and each retriever.
func TestOpen(t *testing.T) {
	for _, name := range retrieval.Names() {
		t.Run(string(name), func(t *testing.T) {
			coder := mustOpen(t, config(t, name))
			options := seccoder.Options{MaxTokens: 40, Seed: 3}
			first := mustComplete(t, coder, python(findUser), options)
			wanted := seccoder.DefaultTopK
			if name == retrieval.NameNone {
				wanted = 0
			}
			if len(first.Prompt.Used) != wanted {
				t.Fatalf("used %d demonstrations, want %d", len(first.Prompt.Used), wanted)
			}
			for _, d := range first.Prompt.Used {
				if d.Example.Language != lang.Python || d.Why == "" || !strings.Contains(first.Prompt.Demonstration, "```") {
					t.Errorf("demonstration %+v in the prompt %q", d, first.Prompt.Demonstration)
				}
				if name == retrieval.NameFused && !slices.Contains(d.Example.CWEs, 89) {
					t.Errorf("the demonstration for an SQL query is of %v (%s)", d.Example.CWEs, d.Example.Title)
				}
			}
			u := first.Usage
			if strings.TrimSpace(first.Completions[0].Text) == "" || u.CompletionTokens == 0 || u.PromptTokens < first.Prompt.PromptTokens || u.Prefill == 0 {
				t.Errorf("completed %q at %+v", first.Completions[0].Text, u)
			}
			if again := mustComplete(t, coder, python(findUser), options); again.Completions[0].Text != first.Completions[0].Text {
				t.Errorf("the same seed gave %q, then %q", first.Completions[0].Text, again.Completions[0].Text)
			}
		})
	}
}

// TestOpenRepeats draws several completions twice, by two Coders.
func TestOpenRepeats(t *testing.T) {
	options := seccoder.Options{N: 3, MaxTokens: 30, Seed: 11, Temperature: 1}
	var runs [2][]string
	for i := range runs {
		coder := mustOpen(t, config(t, retrieval.NameBM25))
		r := mustComplete(t, coder, python(findUser), options)
		slices.SortFunc(r.Completions, func(a, b seccoder.Completion) int { return a.Index - b.Index })
		for _, c := range r.Completions {
			runs[i] = append(runs[i], c.Text)
		}
	}
	if !slices.Equal(runs[0], runs[1]) {
		t.Errorf("the same seed gave %q, then %q", runs[0], runs[1])
	}
	if runs[0][0] == runs[0][1] && runs[0][1] == runs[0][2] {
		t.Errorf("all completions are %q", runs[0][0])
	}
}

func TestOpenCancelled(t *testing.T) {
	coder := mustOpen(t, config(t, retrieval.NameNone))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := coder.Complete(ctx, python(findUser), seccoder.Options{OnText: func(int, string) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want one that wraps context.Canceled", err)
	}
	mustComplete(t, coder, python(findUser), seccoder.Options{MaxTokens: 5})

	if _, err := seccoder.Open(ctx, config(t, retrieval.NameDense)); !errors.Is(err, context.Canceled) {
		t.Errorf("open with a context that has ended: %v, want an error that wraps context.Canceled", err)
	}
}

// TestOpenPromptTooLong has little of the context left for the prompt.
func TestOpenPromptTooLong(t *testing.T) {
	coder := mustOpen(t, config(t, retrieval.NameNone))
	sizer, ok := coder.Generator.(generation.ContextSizer)
	if !ok {
		t.Fatal("the embedded engine does not know its model's context")
	}
	options := seccoder.Options{MaxTokens: sizer.ContextTokens() - 200}
	p, err := coder.Integrate(t.Context(), python(strings.Repeat("x = 1\n", 1000)+"\n"+findUser), options)
	if err != nil {
		t.Fatal(err)
	}
	if p.CutBytes == 0 || p.PromptTokens > 200 || !strings.HasSuffix(p.Prefix, findUser) {
		t.Errorf("cut %d bytes, which leaves %d tokens: %q", p.CutBytes, p.PromptTokens, p.Prefix)
	}
	options.MaxTokens += 200
	if _, err := coder.Integrate(t.Context(), python(findUser), options); err == nil {
		t.Error("a completion of the whole context is no error")
	}
}

// TestOpenNoGenerator names artifacts of the catalogue that complete nothing.
func TestOpenNoGenerator(t *testing.T) {
	c := config(t, retrieval.NameNone)
	enginetest.Embedder(t)
	for _, name := range []string{model.DefaultEmbedder, model.DefaultEngine} {
		c.Model = name
		if _, err := seccoder.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), "cannot complete") {
			t.Errorf("%s: error %v, want one that says that it cannot complete", name, err)
		}
	}
}

func TestOpenWithoutModels(t *testing.T) {
	engine := t.TempDir()
	tests := map[string]struct {
		config  seccoder.Config
		missing string
	}{
		"model":    {seccoder.Config{Model: "smollm2-135m", Retriever: retrieval.NameNone}, "smollm2-135m"},
		"default":  {seccoder.Config{Retriever: retrieval.NameBM25, LibraryDir: engine}, model.DefaultGenerator},
		"embedder": {seccoder.Config{WithoutModel: true, LibraryDir: engine}, model.DefaultEmbedder},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.config.CacheDir = t.TempDir()
			test.config.StorePath = filepath.Join(t.TempDir(), "codebase.db")
			_, err := seccoder.Open(t.Context(), test.config)
			missing, ok := errors.AsType[*model.NotPulledError](err)
			if !ok || missing.Name != test.missing {
				t.Fatalf("error %v, want that %s is not pulled", err, test.missing)
			}
			if !strings.Contains(err.Error(), "models pull "+test.missing) {
				t.Errorf("error %q does not say how to get it", err)
			}
		})
	}
}

// TestOpenNamesTheModel has neither the model nor the embedder: whichever is found first, the
// model is told of.
func TestOpenNamesTheModel(t *testing.T) {
	for _, name := range []string{"gpt", "smollm2-135m"} {
		c := seccoder.Config{Model: name, StorePath: filepath.Join(t.TempDir(), "codebase.db"), CacheDir: t.TempDir()}
		for i := range 20 {
			if _, err := seccoder.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), name) {
				t.Fatalf("open %d: error %v, want one that names the model %s", i, err, name)
			}
		}
	}
}

func TestOpenErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no model"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(t.TempDir(), "codebase.db")
	tests := map[string]struct {
		config seccoder.Config
		text   string
	}{
		"retriever":       {seccoder.Config{WithoutModel: true, Retriever: "best", StorePath: store}, `unknown retriever "best"`},
		"model name":      {seccoder.Config{Model: "gpt", Retriever: retrieval.NameNone}, `unknown model "gpt"`},
		"model file":      {seccoder.Config{Model: file, Retriever: retrieval.NameNone}, "no GGUF file"},
		"server":          {seccoder.Config{Server: &openai.Options{}, Retriever: retrieval.NameNone}, "server"},
		"store in a file": {seccoder.Config{WithoutModel: true, Retriever: retrieval.NameBM25, StorePath: filepath.Join(file, "codebase.db")}, "codebase"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.config.CacheDir = t.TempDir()
			coder, err := seccoder.Open(t.Context(), test.config)
			if err == nil || !strings.Contains(err.Error(), test.text) {
				t.Errorf("error %v, want one that says %q", err, test.text)
			}
			if coder != nil {
				t.Error("there is a Coder beside the error")
			}
		})
	}
}

func TestOpenStoreOfANewerVersion(t *testing.T) {
	c := seccoder.Config{WithoutModel: true, Retriever: retrieval.NameBM25, StorePath: filepath.Join(t.TempDir(), "codebase.db")}
	if err := mustOpen(t, c).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", c.StorePath)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := seccoder.Open(t.Context(), c); !errors.Is(err, codebase.ErrNewerSchema) {
		t.Errorf("error %v, want one that wraps codebase.ErrNewerSchema", err)
	}
}

// TestOpenStoreFillsIn checks that a new store has the starter examples with their
// vectors, and that the next time nothing is done.
func TestOpenStoreFillsIn(t *testing.T) {
	c := seccoder.Config{StorePath: filepath.Join(t.TempDir(), "new", "codebase.db")}
	store, err := c.OpenStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	embedder, _, err := retrieval.ReadVectors(strings.NewReader(string(corpus.Vectors())))
	if err != nil {
		t.Fatal(err)
	}
	missing, err := store.WithoutVector(t.Context(), embedder)
	if err != nil || len(missing) > 0 {
		t.Errorf("%d examples have no vector (%v); run make vectors", len(missing), err)
	}
	starter, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Remove(t.Context(), starter[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if store, err = c.OpenStore(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Get(t.Context(), starter[0].ID); !errors.Is(err, codebase.ErrNotFound) {
		t.Errorf("a starter example that the user removed is back (%v)", err)
	}
	if _, err := store.Get(t.Context(), starter[1].ID); err != nil {
		t.Error(err)
	}
}

func TestDefaultStorePath(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_DATA_HOME", folder)
	path, err := seccoder.DefaultStorePath()
	if want := filepath.Join(folder, "seccoder", "codebase.db"); err != nil || path != want {
		t.Errorf("default store %s (%v), want %s", path, err, want)
	}
	t.Setenv("XDG_DATA_HOME", "relative/is/ignored")
	if path, err := seccoder.DefaultStorePath(); err != nil || !filepath.IsAbs(path) {
		t.Errorf("default store %s (%v), want an absolute path", path, err)
	}
}
