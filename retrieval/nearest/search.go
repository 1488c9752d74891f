package nearest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Hit is a vector that was found. The score is its cosine with the query.
type Hit struct {
	ID    ID
	Score float64
}

// How many vectors the stages of a search let through: the first a 64th of all, but not
// less than fewestBits; the second fewestEstimates, and a few for each that is wanted;
// the third some for each that is wanted. Up to fewestEstimates go to the third at once.
const (
	shareBits       = 64
	fewestBits      = 4096
	fewestEstimates = 1024
	estimatesPerHit = 16
	fewestScores    = 64
	scoresPerHit    = 4
)

// Search returns the k vectors that are nearest to the query, which has length 1, among
// those that the filter lets through: the best first, equal ones in the order of ids.
func (x *Index) Search(ctx context.Context, vector []float32, k int, filter Filter) ([]Hit, error) {
	if err := checkVector(vector, x.kind.Dims); err != nil {
		return nil, fmt.Errorf("search the index: the query %w", err)
	}
	if k <= 0 {
		return nil, ctx.Err()
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	q := x.space.prepare(vector)
	found, err := x.shortlist(ctx, q, x.selected(filter), max(fewestEstimates, estimatesPerHit*k))
	if err != nil {
		return nil, err
	}
	for i, c := range found {
		s := x.segment(c.address)
		found[i].score = q.coarse(s.code(int(c.place)).rows, s.terms[c.place])
	}
	found = best(found, max(fewestScores, scoresPerHit*k))
	for i, c := range found {
		s := x.segment(c.address)
		code := s.code(int(c.place))
		found[i].score = q.score(code.rows, code.rests, s.terms[c.place])
	}
	hits := make([]Hit, len(found))
	for i, c := range found {
		hits[i] = Hit{x.segment(c.address).ids[c.place], float64(c.score)}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return hits[:min(k, len(hits))], nil
}

// A candidate is a vector that a stage let through, with what the stage knows of it.
type candidate struct {
	address
	score float32 // larger is better
}

// shortlist is the first two stages: about n vectors by their sign codes, or all that
// are allowed if these are no more.
func (x *Index) shortlist(ctx context.Context, q *query, from selection, n int) ([]candidate, error) {
	want := max(fewestBits, from.count/shareBits, 2*n)
	if from.count <= n {
		want = from.count
	}
	scan := newScan(q.signs, want)
	for i, segment := range x.segments() {
		if err := scan.run(ctx, segment, int32(i), from.places[i]); err != nil {
			return nil, err
		}
	}
	if from.count <= n {
		return scan.found, nil
	}
	for i, c := range scan.found {
		s := x.segment(c.address)
		scan.found[i].score = q.estimate(s.code(int(c.place)).signs, s.terms[c.place])
	}
	return best(scan.found, n), nil
}

// best moves the n candidates of the highest scores to the front and returns them, in no
// order. Which of equal ones these are depends on the order that they came in alone.
func best(all []candidate, n int) []candidate {
	if len(all) <= n {
		return all
	}
	// Quickselect: what is left of from belongs to the result, what is right of to does not.
	for from, to := 0, len(all)-1; from < to; {
		a, b, c := all[from].score, all[(from+to)/2].score, all[to].score
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := from, to
		for i <= j {
			for all[i].score > pivot {
				i++
			}
			for all[j].score < pivot {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case n-1 <= j:
			to = j
		case n-1 >= i:
			from = i
		default:
			return all[:n]
		}
	}
	return all[:n]
}
