package retrieval

import (
	"cmp"
	"context"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
)

// BM25 ranks examples by the words that they have in common with the query,
// rare words counting more: the Okapi BM25 of Robertson and Zaragoza (2009) with
// Lucene's idf, which is never negative. It is the paper's sparse baseline, over
// identifiers where the paper splits at spaces.
//
// The words of an example are those of its code, its title and its fix. The
// index is built at the first query, and brought up to date after the store has changed (see
// [Revisioner]). Of more than 1,000 examples, in a store that can keep one
// ([codebase.IndexStore]), it lives in a file that is mapped into memory.
type BM25 struct {
	store codebase.Store
	k1, b float64
	kept  *keptWords
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
	kept := &keptWords{store: store, inFile: wordsInFile}
	return &BM25{store: store, k1: k1, b: b, kept: kept, index: newSnapshot(store, kept.read)}
}

// OnNotice gives the retriever somebody to tell what a person should know and no query
// fails of: that the index's file was damaged and is made anew, or cannot be written. It
// is to be called before the first query.
func (r *BM25) OnNotice(notice func(text string)) { r.kept.notice = notice }

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
	defer terms.index.release(scores)
	only, err := choose(ctx, r.store, query)
	if err != nil {
		return nil, err
	}
	if !only.all() {
		for place, score := range scores {
			if score > 0 && !only.admits(terms.index.id(place), terms.index.cwesOf(place)) {
				scores[place] = 0
			}
		}
	}
	// Of examples that were removed meanwhile the next take the places.
	for n := min(k, len(scores)) + spare; ; n *= 2 {
		hits := terms.top(scores, n)
		ids, places := make([]string, len(hits)), make([]int, len(hits))
		for i, h := range hits {
			ids[i], places[i] = terms.index.id(h.place), h.place
			hits[i].place = i
		}
		last := len(hits) < n
		matches, err := hits.best(ctx, r.store, ids, k, func(h hit, m *Match) {
			m.Terms = terms.heaviest(places[h.place], termsKept)
			m.Parts.BM25 = &Part{Value: h.score}
			m.Why = fmt.Sprintf("%s (BM25 %.1f)", sharing(said(m.Terms, termsSaid+1)), h.score)
		})
		if err != nil || len(matches) == k || last {
			return matches, err
		}
	}
}

// weigh looks the query's words up in the index of the store as it is now.
func (r *BM25) weigh(ctx context.Context, query Query) (weighedTerms, error) {
	index, err := r.index.get(ctx)
	if err != nil {
		return weighedTerms{}, err
	}
	return index.weigh(distinct(queryWords(query)), query.Language, r.k1, r.b), nil
}
