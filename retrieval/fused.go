package retrieval

import (
	"container/heap"
	"context"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// Fused decides first which weaknesses are near, and takes the best examples of each:
// where one weakness lurks, an example of another helps little, however alike the code.
// It knows the examples' CWEs, which the paper's retrievers do not.
//
// An example is as near as its BM25 score and its cosine say together. The nearest vote
// on the weakness, and the query's similarity to a description of each weakness counts
// with their votes, as does what a [Head] makes of it that was trained on fixed
// vulnerabilities. Needs and habits are those of [Dense] and [BM25], of which it is
// made. Where Dense has an index, the candidates are the 1,000 nearest examples and the
// 1,000 with most words in common, and only their weaknesses are in question.
type Fused struct {
	store        codebase.Store
	bm25         *BM25
	dense        *Dense
	labels       *sharedLabels // of the two
	descriptions *snapshot[descriptions]
	head         *snapshot[*Head]
	danger       func() (*Danger, error)
}

// NewFused makes a Fused over the store, which has to be a [codebase.VectorStore] too;
// Retrieve returns an error if it is not.
func NewFused(store codebase.Store, embedder Embedder) *Fused {
	dense := NewDense(store, embedder)
	dense.kept.remote = false // what all vectors are like counts here, not the nearest alone
	bm25, labels := NewBM25(store, BM25Options{}), new(sharedLabels)
	dense.kept.labels, bm25.kept.labels = labels, labels
	return &Fused{
		store:  store,
		bm25:   bm25,
		dense:  dense,
		labels: labels,
		// The descriptions are no store's, so they are embedded once.
		descriptions: newSnapshot(nil, func(ctx context.Context) (descriptions, error) {
			return readDescriptions(ctx, embedder)
		}),
		head:   newSnapshot(nil, func(context.Context) (*Head, error) { return headFor(embedder) }),
		danger: ProgramDanger,
	}
}

// nearestFused is how many of the nearest examples, and as many of those that have most
// words in common, are candidates where there are too many for all to be.
const nearestFused = 1000

// OnNotice is that of [Dense] and of [BM25].
func (r *Fused) OnNotice(notice func(text string)) {
	r.dense.OnNotice(notice)
	r.bm25.OnNotice(notice)
}

// Retrieve returns k of the examples that can serve the query's language: the best of
// the likeliest weakness, the best of the next one, and so on through all weaknesses,
// then the second best of each. An example of several weaknesses is there once.
//
// The score is the probability of the weakness for which the example was taken, less one
// for each round through the weaknesses before; the first match's confidence is that
// probability calibrated, times what [Danger] says. Equal scores are in the order of the
// weaknesses' numbers.
//
// A query without a language is words that a person typed, who has an example in mind and
// not a weakness: examples are ranked by nearness alone, which is the score then, and
// equal scores are in the order of ids.
func (r *Fused) Retrieve(ctx context.Context, query Query, k int) ([]Match, error) {
	if k <= 0 {
		return nil, nil
	}
	if query.Language == "" {
		c, _, err := r.candidates(ctx, query, k)
		if err != nil || c == nil {
			return nil, err
		}
		return c.ranking().best(ctx, r.store, c.ids, k, func(h hit, m *Match) { c.explain(h.place, m) })
	}
	d, err := r.decide(ctx, query, k)
	if err != nil || d == nil {
		return nil, err
	}
	matches, err := d.take(ctx, r.store, d.groups, k)
	if len(matches) > 0 {
		matches[0].Confidence = d.confidence(matches[0].Parts.Weakness.CWE)
	}
	return matches, err
}

// A decision is the candidates by weakness, the likeliest first.
type decision struct {
	*candidates
	groups  []*group
	hasHead bool
	danger  float64
}

// confidence is how likely it is that any weakness is near, and that it is this one, or kin
// to it, if so.
func (d *decision) confidence(cwe codebase.CWE) float64 {
	return d.danger * confidence(d.groups, cwe, d.hasHead)
}

// decide decides on the weakness of code; it is nil where there are no candidates.
func (r *Fused) decide(ctx context.Context, query Query, k int) (*decision, error) {
	c, near, err := r.candidates(ctx, query, k)
	if err != nil || c == nil {
		return nil, err
	}
	return r.decideBetween(ctx, query, c, near.vector)
}

// decideBetween decides by the candidates and the query's vector.
func (r *Fused) decideBetween(ctx context.Context, query Query, c *candidates, vector []float32) (*decision, error) {
	described, err := r.descriptions.get(ctx)
	if err != nil {
		return nil, err
	}
	head, err := r.head.get(ctx)
	if err != nil {
		return nil, err
	}
	var judged map[codebase.CWE]float64
	if head != nil {
		judged = head.Classify(query.Language, tail(query.Text, maxQueryBytes), vector)
	}
	danger, err := r.danger()
	if err != nil {
		return nil, err
	}
	groups := c.decide(described.compare(vector), judged)
	return &decision{c, groups, judged != nil, danger.Of(query.Language, query.Text)}, nil
}

// candidates compares the query with the examples; there are none where nothing can serve
// its language. Those that the query's filter keeps out have their say in the decision, for
// what lurks in the code is no matter of what is wanted to be seen of the codebase.
func (r *Fused) candidates(ctx context.Context, query Query, k int) (*candidates, comparison, error) {
	defer r.labels.drop()
	only, err := choose(ctx, r.store, query)
	if err != nil {
		return nil, comparison{}, err
	}
	near, err := r.dense.compare(ctx, query, max(k, nearestFused))
	if err != nil || near.empty() {
		return nil, near, err
	}
	if near.index != nil && !only.all() {
		found, err := only.nearest(ctx, near, max(k, nearestFused))
		if err != nil {
			return nil, near, err
		}
		sortByID(found)
		if near, err = near.with(idsOf(found)); err != nil {
			return nil, near, err
		}
	}
	terms, err := r.bm25.weigh(ctx, query)
	if err != nil {
		return nil, near, err
	}
	c, err := fuse(ctx, near, terms)
	if err == nil {
		c.only = only
	}
	return c, near, err
}

// candidates are the examples that can serve a query. A place is an example's in all
// of the lists, and in the order of ids.
type candidates struct {
	ids    []string
	cwes   [][]codebase.CWE
	cosine []float64
	bm25   []float64
	score  []float64 // z(BM25) + z(cosine)
	// words and cosines are the scales of the two.
	words, cosines scale
	only           choice
	terms          weighedTerms
	word           []int // the place in the index of words
	// sizes is how many examples of each weakness can serve the query, where they are not
	// all candidates.
	sizes map[codebase.CWE]int
}

// fuse brings the two scores of each example together. The indices were read one after
// the other: an example that was added or removed in between is left to the next query.
func fuse(ctx context.Context, near comparison, terms weighedTerms) (*candidates, error) {
	words, err := terms.score(ctx)
	if err != nil {
		return nil, err
	}
	defer terms.index.release(words)
	c := &candidates{terms: terms}
	if near.index != nil {
		if near, err = near.with(terms.best(words, nearestFused)); err != nil {
			return nil, err
		}
		if c.cosines.mean, c.cosines.deviation, err = near.index.Moments(near.vector, nearest.Filter{Language: near.language}); err != nil {
			return nil, err
		}
		near.name()
		c.words, c.sizes = terms.scale(words), terms.sizes()
	}
	c.room(len(near.hits))
	place := 0
	var cwes []codebase.CWE // of all, one behind the other
	for _, h := range near.hits {
		id, known := near.id(h.place)
		if known {
			place, known = terms.index.seek(place, id)
		}
		if !known {
			continue
		}
		before := len(cwes)
		cwes = terms.index.appendCWEs(cwes, place)
		c.cwes = append(c.cwes, cwes[before:len(cwes):len(cwes)])
		c.ids = append(c.ids, near.ids[h.place])
		c.cosine = append(c.cosine, h.score)
		c.word = append(c.word, place)
		c.bm25 = append(c.bm25, words[place])
	}
	if near.index == nil {
		c.words, c.cosines = scaleOf(c.bm25), scaleOf(c.cosine)
	}
	c.score = make([]float64, len(c.ids))
	for i := range c.score {
		c.score[i] = c.words.standardise(c.bm25[i]) + c.cosines.standardise(c.cosine[i])
	}
	return c, nil
}

// room makes room for n candidates.
func (c *candidates) room(n int) {
	c.ids, c.cwes, c.word = make([]string, 0, n), make([][]codebase.CWE, 0, n), make([]int, 0, n)
	c.cosine, c.bm25 = make([]float64, 0, n), make([]float64, 0, n)
}

// ranking is that of the candidates that may be returned.
func (c *candidates) ranking() ranking { return c.only.keep(c.all(), c.ids, c.cwes) }

// all ranks all candidates.
func (c *candidates) all() ranking {
	all := make(ranking, len(c.ids))
	for place, score := range c.score {
		all[place] = hit{place, score}
	}
	return all
}

// take goes round the groups until it has k examples or none is left.
func (c *candidates) take(ctx context.Context, store codebase.Store, groups []*group, k int) ([]Match, error) {
	var matches []Match
	taken := make(map[int]bool)
	for _, g := range groups {
		g.hits = c.only.keep(g.hits, c.ids, c.cwes)
		heap.Init(&g.hits)
	}
	for round := 0; ; round++ {
		before := len(matches)
		for i, g := range groups {
			if len(matches) == k {
				return matches, nil
			}
			h, example, err := g.hits.next(ctx, store, c.ids)
			for example != nil && taken[h.place] {
				h, example, err = g.hits.next(ctx, store, c.ids)
			}
			if err != nil {
				return nil, err
			}
			if example == nil {
				continue
			}
			taken[h.place] = true
			match := Match{Example: *example, Score: g.Probability - float64(round)}
			c.explain(h.place, &match)
			g.explain(&match, i == 0)
			matches = append(matches, match)
		}
		if len(matches) == before {
			return matches, nil
		}
	}
}

// explain says what an example has in common with the query.
func (c *candidates) explain(place int, m *Match) {
	m.Terms = c.terms.heaviest(c.word[place], termsKept)
	m.Parts.BM25 = &Part{c.bm25[place], c.words.standardise(c.bm25[place])}
	m.Parts.Cosine = &Part{c.cosine[place], c.cosines.standardise(c.cosine[place])}
	m.Why = fmt.Sprintf("cosine %.2f", c.cosine[place])
	if shared := sharing(said(m.Terms, termsSaid)); shared != "" {
		m.Why += "; " + shared
	}
}
