package embed_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/retrieval"
	"github.com/seccoder/seccoder/retrieval/embed"
)

var _ retrieval.Embedder = (*embed.MiniLM)(nil)

func TestMain(m *testing.M) {
	engine.RunWorker()
	os.Exit(m.Run())
}

func newMiniLM(t testing.TB) *embed.MiniLM {
	t.Helper()
	m := embed.NewMiniLM(embed.Options{LibraryDir: enginetest.Libraries(t), ModelPath: enginetest.Embedder(t), Threads: 1})
	t.Cleanup(func() { _ = m.Close() })
	return m
}

func mustEmbed(t testing.TB, m *embed.MiniLM, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := m.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("%d vectors of %d texts", len(vectors), len(texts))
	}
	return vectors
}

// A reference holds texts and the vectors that a program of another kind made of them.
type reference struct {
	Note  string
	Texts []struct {
		Name, Text string
		Tokens     int
		Vector     []float64
	}
}

func mustReadReference(t testing.TB) reference {
	t.Helper()
	data, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEmbedAgreesWithReference(t *testing.T) {
	m := newMiniLM(t)
	for _, text := range mustReadReference(t).Texts {
		t.Run(text.Name, func(t *testing.T) {
			got := mustEmbed(t, m, text.Text)[0]
			if len(got) != m.Dimensions() || len(got) != len(text.Vector) {
				t.Fatalf("%d dimensions, want %d", len(got), len(text.Vector))
			}
			var cosine, length float64
			for i, x := range got {
				cosine += float64(x) * text.Vector[i]
				length += float64(x) * float64(x)
			}
			if cosine < 0.995 {
				t.Errorf("cosine %.4f to the reference", cosine)
			}
			if math.Abs(length-1) > 1e-5 {
				t.Errorf("length %v", math.Sqrt(length))
			}
		})
	}
}

// The model reads [CLS], the first 254 tokens and [SEP]; every word here is a token.
func TestEmbedCutsLongTexts(t *testing.T) {
	m := newMiniLM(t)
	words := func(n int, last string) string { return strings.Repeat("word ", n-1) + last }
	vectors := mustEmbed(t, m,
		words(254, "word"), words(254, "other"), words(255, "other"), words(3000, "other"), words(255, "word"))
	if slices.Equal(vectors[0], vectors[1]) {
		t.Error("the last of 254 tokens is not read")
	}
	for i, v := range vectors[2:] {
		if !slices.Equal(v, vectors[0]) {
			t.Errorf("text %d: what lies behind 254 tokens is read", i+2)
		}
	}
}

func TestEmbedIsStable(t *testing.T) {
	m := newMiniLM(t)
	a := mustEmbed(t, m, "strcpy(out, name);", "", "x")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			vectors, err := m.Embed(t.Context(), []string{"x", "strcpy(out, name);"})
			if err != nil || !slices.Equal(vectors[1], a[0]) || !slices.Equal(vectors[0], a[2]) {
				t.Errorf("another order, at once with others: other vectors, %v", err)
			}
		})
	}
	all.Wait()
	if vectors, err := m.Embed(t.Context(), nil); err != nil || len(vectors) != 0 {
		t.Errorf("no texts: %v, %v", vectors, err)
	}
}

func TestEmbedFails(t *testing.T) {
	t.Run("when cancelled", func(t *testing.T) {
		m := newMiniLM(t)
		if err := m.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := m.Embed(ctx, []string{"x"}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		mustEmbed(t, m, "x")
	})
	t.Run("with a model of another kind", func(t *testing.T) {
		m := embed.NewMiniLM(embed.Options{
			LibraryDir: enginetest.Libraries(t), ModelPath: enginetest.Model(t, enginetest.SmallModel), Threads: 1,
		})
		defer m.Close()
		_, err := m.Embed(t.Context(), []string{"x"})
		if err == nil || !strings.Contains(err.Error(), "not one for sentence embeddings") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("without a model", func(t *testing.T) {
		m := embed.NewMiniLM(embed.Options{LibraryDir: enginetest.Libraries(t), ModelPath: "no-such.gguf"})
		defer m.Close()
		if err := m.Warm(t.Context()); err == nil || !strings.Contains(err.Error(), "no-such.gguf") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("when closed", func(t *testing.T) {
		m := newMiniLM(t)
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Embed(t.Context(), []string{"x"}); !errors.Is(err, engine.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}

func BenchmarkEmbed(b *testing.B) {
	m := newMiniLM(b)
	var text string
	tokens := 0
	for _, t := range mustReadReference(b).Texts {
		if t.Name == "Python" || t.Name == "C" {
			text += t.Text
			tokens += t.Tokens
		}
	}
	mustEmbed(b, m, text)
	for b.Loop() {
		mustEmbed(b, m, text)
	}
	b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
