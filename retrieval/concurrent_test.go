package retrieval_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/retrieval"
)

// TestFusedConcurrent searches and chooses by two processes, with both indexes, while examples
// come and go.
func TestFusedConcurrent(t *testing.T) {
	bag := bagOfWords{64}
	path := filepath.Join(t.TempDir(), "codebase.db")
	examples := randomCorpus(rand.New(rand.NewPCG(77, 78)), 260)
	for i := range examples {
		examples[i].CWEs = [][]codebase.CWE{{89}, {79, 89}, {22}, nil}[i%4]
	}
	mustFused := func() (codebase.Store, *retrieval.Fused) {
		store := mustOpen(t, path).Store
		r := retrieval.NewFused(store, bag)
		r.SetExactUpTo(indexedFrom)
		r.OnNotice(func(text string) { t.Errorf("a notice: %s", text) })
		return store, r
	}
	store, one := mustFused()
	other, two := mustFused()
	mustAdd(t, store, examples[:200]...)
	var group sync.WaitGroup
	for searcher, r := range []*retrieval.Fused{one, one, two} {
		group.Go(func() {
			for i := range 12 {
				e := examples[(searcher*31+i)%150]
				words := retrieval.Query{Text: e.Code}
				if got := mustRetrieve(t, r, words, 2); len(got) != 2 || got[0].Example.ID != e.ID {
					t.Errorf("an example that stays is not found: %d matches", len(got))
				}
				code := retrieval.Query{Text: e.Code, Language: e.Language}
				got := mustRetrieve(t, r, code, 5)
				checkMatches(t, retrieval.NameFused, code, got, 5)
				chosen := mustChoose(t, r, code, 5, 0)
				checkChosen(t, retrieval.NameFused, code, chosen, 5)
				if len(got) != 5 || len(chosen) != 5 {
					t.Errorf("%d matches and %d chosen of code, want 5 each", len(got), len(chosen))
				}
			}
		})
	}
	group.Go(func() {
		for i := 200; i < len(examples); i += 10 {
			mustAdd(t, store, examples[i:i+10]...)
			if _, err := other.Remove(t.Context(), examples[i].ID, examples[i-40].ID); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	fresh := retrieval.NewFused(vectorsOnly{store, store.(codebase.VectorStore)}, bag)
	for _, r := range []*retrieval.Fused{one, two} {
		for i := range 8 {
			e := examples[i*25+1]
			query := retrieval.Query{Text: e.Code, Language: e.Language}
			sameMatches(t, mustRetrieve(t, r, query, 9), mustRetrieve(t, fresh, query, 9))
			sameMatches(t, mustChoose(t, r, query, 9, 0.5), mustChoose(t, fresh, query, 9, 0.5))
		}
	}
}

// interrupted is a store that a test has in its hands: the functions, where set, are called before
// all vectors are read, and before a fact is noted.
type interrupted struct {
	*sqlite.Store
	reading, noting func()
}

func (s *interrupted) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	if s.reading != nil {
		s.reading()
	}
	return s.Store.Vectors(ctx, embedder, filter)
}

func (s *interrupted) SetMeta(ctx context.Context, key, value string) error {
	if s.noting != nil {
		s.noting()
	}
	return s.Store.SetMeta(ctx, key, value)
}

// TestIndexOfAnotherProcess has a process that knows nothing yet of an example put its index in
// the place of that of one that does, which goes on with its own.
func TestIndexOfAnotherProcess(t *testing.T) {
	bag := bagOfWords{64}
	path := filepath.Join(t.TempDir(), "codebase.db")
	examples := randomCorpus(rand.New(rand.NewPCG(79, 80)), 201)
	one, other := &interrupted{Store: mustOpen(t, path).Store}, &interrupted{Store: mustOpen(t, path).Store}
	mustAdd(t, one, examples[:200]...)
	mustEnsure(t, one, bag)
	var notices, otherNotices []string
	fast, slow := mustIndexed(one, bag, &notices), mustIndexed(other, bag, &otherNotices)
	query := retrieval.Query{Text: examples[200].Code}

	reads, goesOn, saved := make(chan struct{}), make(chan struct{}), make(chan struct{})
	other.reading = func() {
		close(reads)
		select {
		case <-goesOn:
		case <-t.Context().Done():
		}
	}
	go func() {
		defer close(saved)
		if _, err := slow.Retrieve(context.WithoutCancel(t.Context()), query, 1); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() { <-saved })
	select {
	case <-reads:
	case <-saved:
		t.Fatal("it made its index without reading the vectors")
	}
	mustAdd(t, one, examples[200])
	one.noting = func() {
		one.noting = nil
		close(goesOn)
		<-saved
	}
	for range 2 {
		if got := mustRetrieve(t, fast, query, 1); len(got) != 1 || got[0].Example.ID != examples[200].ID {
			t.Error("an example that was added is not found")
		}
	}
	if all := slices.Concat(notices, otherNotices); len(all) > 0 {
		t.Errorf("notices: %q", all)
	}
}
