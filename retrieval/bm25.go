package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// BM25 ranks examples by the words that they have in common with the query,
// rare words counting more: the Okapi BM25 of Robertson and Zaragoza (2009) with
// Lucene's idf, which is never negative. It is the paper's sparse baseline, over
// identifiers where the paper splits at spaces.
//
// The words of an example are those of its code, its title and its fix. The
// index lives in memory; it is built at the first query and anew after the
// store has changed (see [Revisioner]).
type BM25 struct {
	store codebase.Store
	k1, b float64
	index *snapshot[*wordIndex]
}

// BM25Options are the two parameters of the formula. The zero value has the usual ones.
type BM25Options struct {
	// K1 says how much a word that is repeated counts; 0 means 1.5, below 0 means that
	// repetition does not count.
	K1 float64
	// B says how much a long example is marked down, from 0 to 1; 0 means 0.75, below 0
	// means not at all.
	B float64
}

// NewBM25 makes a BM25 over the store.
func NewBM25(store codebase.Store, options BM25Options) *BM25 {
	k1 := max(cmp.Or(options.K1, 1.5), 0)
	b := min(max(cmp.Or(options.B, 0.75), 0), 1)
	return &BM25{store: store, k1: k1, b: b, index: newSnapshot(store, func(ctx context.Context) (*wordIndex, error) {
		return buildWordIndex(ctx, store)
	})}
}

// Retrieve returns the k examples that score highest, among those that can serve
// the query's language and share a word with the query. A word that the query
// repeats counts once. Equal scores are in the order of ids.
//
// A query with a language is read as code, one without as words that a person
// typed. Of a query longer than 64 KiB the end is read.
func (r *BM25) Retrieve(ctx context.Context, query Query, k int) ([]Match, error) {
	terms, err := r.weigh(ctx, query)
	if err != nil || k <= 0 {
		return nil, err
	}
	scores, err := terms.score(ctx)
	if err != nil {
		return nil, err
	}
	only, err := choose(ctx, r.store, query)
	if err != nil {
		return nil, err
	}
	var hits ranking
	for place, score := range scores {
		if score > 0 && only.admits(terms.index.ids[place], terms.index.cwes[place]) {
			hits = append(hits, hit{place, score})
		}
	}
	return hits.best(ctx, r.store, terms.index.ids, k, func(h hit, m *Match) {
		m.Terms = terms.heaviest(h.place, termsKept)
		m.Parts.BM25 = &Part{Value: h.score}
		m.Why = fmt.Sprintf("%s (BM25 %.1f)", sharing(said(m.Terms, termsSaid+1)), h.score)
	})
}

// weigh looks the query's words up in the index of the store as it is now.
func (r *BM25) weigh(ctx context.Context, query Query) (weighedTerms, error) {
	index, err := r.index.get(ctx)
	if err != nil {
		return weighedTerms{}, err
	}
	return index.weigh(distinct(queryWords(query)), query.Language, r.k1, r.b), nil
}

// heaviest returns the n terms that did most for an example's score.
func (q weighedTerms) heaviest(place, n int) []Term {
	var shares []Term
	for _, term := range q.terms {
		i, found := slices.BinarySearchFunc(term.postings, place, func(p posting, place int) int {
			return cmp.Compare(int(p.place), place)
		})
		if found {
			shares = append(shares, Term{term.word, q.weight(term, term.postings[i])})
		}
	}
	slices.SortStableFunc(shares, func(a, b Term) int { return cmp.Compare(b.Weight, a.Weight) })
	return shares[:min(n, len(shares))]
}
