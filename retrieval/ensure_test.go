package retrieval_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval"
)

func mustEnsure(t testing.TB, store codebase.Store, embedder retrieval.Embedder) int {
	t.Helper()
	added, err := retrieval.EnsureVectors(context.Background(), store, embedder, nil)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func TestEnsureVectors(t *testing.T) {
	examples := randomCorpus(rand.New(rand.NewPCG(9, 10)), 50)
	store := mustStore(t, examples[:40]...)
	var steps []int
	added, err := retrieval.EnsureVectors(context.Background(), store, bagOfWords{64}, func(done, total int) {
		if total != 40 {
			t.Errorf("progress says %d of %d, want 40 in all", done, total)
		}
		steps = append(steps, done)
	})
	if err != nil || added != 40 {
		t.Fatalf("added %d, error %v, want 40", added, err)
	}
	if !slices.IsSorted(steps) || steps[0] != 0 || steps[len(steps)-1] != 40 || len(steps) < 3 {
		t.Errorf("progress went %v", steps)
	}
	if n := mustEnsure(t, store, bagOfWords{64}); n != 0 {
		t.Errorf("the second time added %d", n)
	}
	mustAdd(t, store, examples[40:]...)
	if n := mustEnsure(t, store, bagOfWords{64}); n != 10 {
		t.Errorf("after 10 more examples added %d", n)
	}
	if n := mustEnsure(t, store, bagOfWords{8}); n != 50 {
		t.Errorf("another embedder added %d, want 50", n)
	}
	for vector, err := range store.Vectors(context.Background(), bagOfWords{64}.ID(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		e := examples[slices.IndexFunc(examples, func(e codebase.Example) bool { return e.ID == vector.ExampleID })]
		want, err := retrieval.EmbedExamples(context.Background(), bagOfWords{64}, []codebase.Example{e})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(vector.Values, want[0].Values) {
			t.Errorf("example %s has another example's vector", e.ID)
		}
	}
}

// TestEnsureVectorsInterrupted stops half-way: what was made is kept, and the
// next call makes the rest.
func TestEnsureVectorsInterrupted(t *testing.T) {
	store := mustStore(t, randomCorpus(rand.New(rand.NewPCG(11, 12)), 60)...)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	added, err := retrieval.EnsureVectors(ctx, store, bagOfWords{64}, func(done, _ int) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || added == 0 || added == 60 {
		t.Fatalf("added %d of 60, error %v, want some and context.Canceled", added, err)
	}
	if n := mustEnsure(t, store, bagOfWords{64}); n != 60-added {
		t.Errorf("then added %d, want the other %d", n, 60-added)
	}
}

// TestEnsureVectorsOfRemoved removes an example while it is being embedded.
func TestEnsureVectorsOfRemoved(t *testing.T) {
	examples := fewExamples()
	store := mustStore(t, examples...)
	bag := bagOfWords{64}
	embedder := embedderFunc{bag, func(ctx context.Context, texts []string) ([][]float32, error) {
		if _, err := store.Remove(ctx, examples[0].ID); err != nil {
			return nil, err
		}
		return bag.Embed(ctx, texts)
	}}
	if _, err := retrieval.EnsureVectors(context.Background(), store, embedder, nil); err != nil {
		t.Fatal(err)
	}
	matches := mustRetrieve(t, retrieval.NewDense(store, bag), retrieval.Query{Text: "cursor"}, 10)
	if len(matches) != len(examples)-1 {
		t.Errorf("%d matches, want %d", len(matches), len(examples)-1)
	}
}
