package retrieval_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// bulkCounter counts how examples are fetched.
type bulkCounter struct {
	*sqlite.Store
	all, one, many int
}

func (s *bulkCounter) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	s.all++
	return s.Store.Examples(ctx, filter)
}

func (s *bulkCounter) Get(ctx context.Context, id string) (codebase.Example, error) {
	s.one++
	return s.Store.Get(ctx, id)
}

func (s *bulkCounter) GetMany(ctx context.Context, ids []string) ([]codebase.Example, error) {
	s.many++
	return s.Store.GetMany(ctx, ids)
}

func mustBulk(t *testing.T) *bulkCounter {
	t.Helper()
	return &bulkCounter{Store: mustOpen(t, filepath.Join(t.TempDir(), "codebase.db")).Store}
}

// TestFetchedTogether adds examples to a store that gives many for one question: it is not asked for
// each, neither for their vectors nor for their words.
func TestFetchedTogether(t *testing.T) {
	const added = 60
	store := mustBulk(t)
	examples := randomCorpus(rand.New(rand.NewPCG(81, 82)), 300+added)
	mustAdd(t, store, examples[:300]...)
	bm25 := retrieval.NewBM25(store, retrieval.BM25Options{})
	bm25.SetWordsInFile(100)
	query := retrieval.Query{Text: examples[310].Code, Language: examples[310].Language}
	mustRetrieve(t, bm25, query, 1)
	mustEnsure(t, store, bagOfWords{64})

	mustAdd(t, store, examples[300:]...)
	store.all, store.one, store.many = 0, 0, 0
	if n := mustEnsure(t, store, bagOfWords{64}); n != added || store.one != 0 || store.many == 0 || store.many > added/10 {
		t.Errorf("%d were embedded, after %d single examples and %d times many were fetched", n, store.one, store.many)
	}
	store.all, store.one, store.many = 0, 0, 0
	got := mustRetrieve(t, bm25, query, 1)
	if store.one != 1 || store.many != 1 || store.all != 0 {
		t.Errorf("%d single examples were fetched of the one that is shown, %d times many, %d times all", store.one, store.many, store.all)
	}
	if len(got) != 1 || got[0].Example.ID != examples[310].ID {
		t.Error("an example that was added is not found by its own code")
	}
}

// TestFilterReadsNoCode filters by source in a store that names what matches without its code,
// and finds what it does in one that cannot.
func TestFilterReadsNoCode(t *testing.T) {
	store := mustBulk(t)
	examples := variedCorpus(rand.New(rand.NewPCG(83, 84)), 200)
	mustAdd(t, store, examples...)
	query := retrieval.Query{Text: examples[0].Code, Language: lang.CPP}
	for name, r := range all(store) {
		query.Only = retrieval.Filter{}
		mustRetrieve(t, r, query, 1) // which makes its index
		query.Only = retrieval.Filter{SourceKind: "git", CWEs: []codebase.CWE{787}}
		store.all = 0
		got := mustRetrieve(t, r, query, 20)
		if store.all != 0 {
			t.Errorf("%s read the code of all that match, %d times", name, store.all)
		}
		want := mustRetrieve(t, all(unlistedStore{store.Store, store.Store})[name], query, 20)
		if len(got) == 0 || !slices.EqualFunc(got, want, func(a, b retrieval.Match) bool { return a.Example.ID == b.Example.ID }) {
			t.Errorf("%s found %d, and %d without the store's ids", name, len(got), len(want))
		}
	}
}

// unlistedStore keeps vectors, and has no other optional ability.
type unlistedStore struct {
	codebase.Store
	codebase.VectorStore
}
