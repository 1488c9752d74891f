package retrieval

import (
	"container/heap"
	"context"
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// A Chooser is a Retriever that knows which examples to show together: a ranking says what
// is near, and its second may tell what its first told, or be of a weakness that is not
// likely. It is asked for by type assertion.
type Chooser interface {
	Retriever
	// Choose returns up to n examples in the order in which they are to be shown; what does
	// not fit gives way to the next. Examples about which the retriever is not as sure as it
	// is to be, by [Match.Confidence], are left out but for the first, which says how sure it
	// is. Here every match has its confidence.
	Choose(ctx context.Context, query Query, n int, sure float64) ([]Match, error)
}

var _ Chooser = (*Fused)(nil)

const (
	// repetition is how much an example is put back that has all its words in common with
	// one before it, in the unit of nearness, which is a standard deviation.
	repetition = 8
	// likely is the confidence from which on, taken that any weakness is near, a second kind
	// is shown beside the likeliest, where so little is wanted. Of SVEN's training functions
	// with nothing held back, two examples then hit the weakness more often than two of one
	// kind, and are right as often.
	likely = 0.17
)

// Choose lets the kinds of weaknesses take turns that are as sure as wanted, and likely: where
// the retriever is to be sure, that is the likeliest alone. The others come behind them. In
// each kind the nearest example comes first, and then what is near and unlike those before
// (maximal marginal relevance, Carbonell and Goldstein 1998):
//
//	argmax s(e) − repetition·max J(e, chosen)
//
// with s the nearness, z(BM25) + z(cosine), and J the part that two examples' words have in
// common. In question are the n nearest of a kind.
func (r *Fused) Choose(ctx context.Context, query Query, n int, sure float64) ([]Match, error) {
	if query.Language == "" {
		return r.Retrieve(ctx, query, n)
	}
	d, err := r.decide(ctx, query, n)
	if err != nil || d == nil || n <= 0 {
		return nil, err
	}
	var turns, others [][]Match         // of the kinds that take turns, and of those behind them
	seen := make(map[codebase.CWE]bool) // by kind
	found := make(map[string]bool)      // by id: an example of two kinds is in both
	for _, g := range d.groups {
		confidence, ifAny := d.confidence(g.CWE), confidence(d.groups, g.CWE, d.hasHead)
		if seen[Kind(g.CWE)] || len(turns) > 0 && (confidence < sure || ifAny < likely && len(found) >= n) {
			continue
		}
		seen[Kind(g.CWE)] = true
		matches, err := d.kin(ctx, r.store, g, n)
		if err != nil {
			return nil, err
		}
		if len(matches) == 0 {
			continue // filtered out
		}
		matches = spread(matches)
		for i := range matches {
			matches[i].Score, matches[i].Confidence = matches[i].Parts.Weakness.Probability, confidence
			found[matches[i].Example.ID] = true
		}
		if len(turns) == 0 && confidence < sure {
			return matches[:1], nil
		}
		if len(turns) == 0 || ifAny >= likely {
			turns = append(turns, matches)
		} else {
			others = append(others, matches)
		}
	}
	return takeTurns(turns, others, n), nil
}

// takeTurns takes n matches: one of each list that takes turns, again and again, and then
// those of the others.
func takeTurns(turns, others [][]Match, n int) []Match {
	var chosen []Match
	taken := make(map[string]bool)
	take := func(m Match) {
		if !taken[m.Example.ID] && len(chosen) < n {
			taken[m.Example.ID] = true
			chosen = append(chosen, m)
		}
	}
	for place := range n {
		for _, matches := range turns {
			if place < len(matches) {
				take(matches[place])
			}
		}
	}
	for _, matches := range others {
		for _, m := range matches {
			take(m)
		}
	}
	return chosen
}

// kin fetches the n nearest examples of a weakness and its kin. The nearest of the weakness
// itself comes first.
func (d *decision) kin(ctx context.Context, store codebase.Store, likeliest *group, n int) ([]Match, error) {
	of := make(map[int]*group)
	var first, others ranking
	for _, g := range d.groups {
		if Kind(g.CWE) != Kind(likeliest.CWE) {
			continue
		}
		for _, h := range d.only.keep(slices.Clone(g.hits), d.ids, d.cwes) {
			if of[h.place] == nil {
				of[h.place] = g
				others = append(others, h)
			}
		}
		if g == likeliest && len(others) > 0 {
			// The heap's own order decides, as it does in Retrieve.
			heap.Init(&others)
			first = ranking{heap.Pop(&others).(hit)}
		}
	}
	explain := func(h hit, m *Match) {
		d.explain(h.place, m)
		of[h.place].explain(m, likeliest == d.groups[0])
	}
	matches, err := first.best(ctx, store, d.ids, 1, explain)
	if err != nil {
		return nil, err
	}
	more, err := others.best(ctx, store, d.ids, n-1, explain)
	return append(matches, more...), err
}

// spread orders matches, of which the first stays the first, so that each is near and unlike
// those before.
func spread(matches []Match) []Match {
	if len(matches) < 3 {
		return matches
	}
	words := make([][]string, len(matches))
	for i, m := range matches {
		words[i] = distinct(exampleWords(m.Example))
	}
	order := make([]Match, 0, len(matches))
	left := make([]int, len(matches))
	likeness := make([]float64, len(matches)) // to the likest of those before
	for i := range left {
		left[i] = i
	}
	for at := 0; ; {
		last := left[at]
		order, left = append(order, matches[last]), slices.Delete(left, at, at+1)
		if len(left) == 0 {
			return order
		}
		top := math.Inf(-1)
		for i, place := range left {
			likeness[place] = max(likeness[place], inCommon(words[last], words[place]))
			if value := matches[place].Score - repetition*likeness[place]; value > top {
				at, top = i, value
			}
		}
	}
}

// inCommon is the part of two sorted lists' words that both have (Jaccard's index).
func inCommon(a, b []string) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
