package retrieval_test

import (
	"context"
	"encoding/hex"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// A searchingStore is a store that searches its vectors itself.
type searchingStore struct {
	*readCounter
	searches int
}

func (s *searchingStore) Nearest(ctx context.Context, embedder string, vector []float32, filter codebase.Filter, k int) ([]codebase.Near, error) {
	s.searches++
	labels := make(map[string]codebase.Label)
	for label, err := range s.Labels(ctx) {
		if err != nil {
			return nil, err
		}
		labels[label.ID] = label
	}
	entries := func(yield func(nearest.Entry, error) bool) {
		for v, err := range s.Store.Vectors(ctx, embedder, filter) {
			entry := nearest.Entry{Language: labels[v.ExampleID].Language, Vector: v.Values}
			_, _ = hex.Decode(entry.ID[:], []byte(v.ExampleID)) // the store's ids are hex
			if !yield(entry, err) {
				return
			}
		}
	}
	index, err := nearest.Build(nearest.Kind{Embedder: embedder, Dims: len(vector)}, entries, len(labels))
	if err != nil {
		return nil, err
	}
	hits, err := index.Search(ctx, vector, k, nearest.Filter{})
	var near []codebase.Near
	for _, h := range hits {
		near = append(near, codebase.Near{ID: hex.EncodeToString(h.ID[:]), Score: h.Score})
	}
	return near, err
}

func (s *searchingStore) Count(ctx context.Context) (int, error) {
	ids, err := s.WithoutVector(ctx, "none")
	return len(ids), err
}

// TestSearchByTheStore has a store search that can, where it has many examples.
func TestSearchByTheStore(t *testing.T) {
	source := rand.New(rand.NewPCG(51, 52))
	bag := bagOfWords{64}
	store := &searchingStore{readCounter: mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))}
	all := randomCorpus(source, indexedFrom+50)
	mustAdd(t, store, all[:indexedFrom]...)
	var notices []string
	dense, fused := mustIndexed(store, bag, &notices), retrieval.NewFused(store, bag)
	fused.SetExactUpTo(indexedFrom)
	query := func() retrieval.Query { return retrieval.Query{Text: randomCode(source, 20), Language: lang.CPP} }

	mustRetrieve(t, dense, query(), 5)
	if store.searches > 0 {
		t.Error("the store searched where all vectors are in memory")
	}
	mustAdd(t, store, all[indexedFrom:]...)
	exact := retrieval.NewDense(store, bag)
	before := store.all
	for range 3 {
		q := query()
		sameMatches(t, mustRetrieve(t, dense, q, 5), mustRetrieve(t, exact, q, 5))
	}
	if store.searches != 3 || store.all != before+1 {
		t.Errorf("the store searched %d times of 3, and all vectors were read %d times, for the exact ranking 1", store.searches, store.all-before)
	}
	filtered := query()
	filtered.Only.CWEs = []codebase.CWE{all[0].CWEs[0]}
	sameMatches(t, mustRetrieve(t, dense, filtered, 5), mustRetrieve(t, exact, filtered, 5))
	filtered.Only = retrieval.Filter{SourceKind: "file"}
	listed := store.listed
	byStore := mustRetrieve(t, dense, filtered, 5)
	if store.listed != listed {
		t.Error("all that match the filter were listed, which the store filters by itself")
	}
	sameMatches(t, byStore, mustRetrieve(t, exact, filtered, 5))
	filtered.Only = retrieval.Filter{SourceKind: "none"}
	if got := mustRetrieve(t, dense, filtered, 5); len(got) != 0 {
		t.Errorf("%d matches of a kind that there is none of", len(got))
	}
	store.searches = 3
	mustRetrieve(t, fused, query(), 5)
	if store.searches != 3 {
		t.Error("the store searched for the fused retriever, which needs all vectors")
	}
}
