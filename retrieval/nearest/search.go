package nearest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// A Hit is a vector that was found. The score is its cosine with the query.
type Hit struct {
	ID    ID
	Score float64
}

// How many vectors the stages of a search let through, of n: the first n/48, but not less
// than fewestBits; the second fewestEstimates and n/512, and two for each that is wanted;
// the third fewestScores more than are wanted. Up to as many as the second lets through go
// to the third at once. Fewer are faster and find less: docs/performance.md has what was tried.
const (
	bitsShare       = 48
	fewestBits      = 3072
	estimatesShare  = 512
	fewestEstimates = 512
	estimatesPerHit = 2
	fewestScores    = 32
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
	from := x.selected(filter)
	found, err := x.shortlist(ctx, q, from, fewestEstimates+from.count/estimatesShare+estimatesPerHit*k)
	if err != nil {
		return nil, err
	}
	for i, c := range found {
		s := x.segment(c.address)
		found[i].score = q.coarse(s.code(int(c.place)).rows, s.terms[c.place])
	}
	found = best(found, fewestScores+k)
	for i, c := range found {
		found[i].score = x.score(q, c.address)
	}
	hits := make([]Hit, len(found))
	for i, c := range found {
		hits[i] = Hit{x.segment(c.address).ids[c.place], float64(c.score)}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Score != b.Score {
			return cmp.Compare(b.Score, a.Score)
		}
		return a.ID.Compare(b.ID)
	})
	return hits[:min(k, len(hits))], nil
}

// Score returns the cosines of the vectors with these ids; that of one that is not there
// is NaN.
func (x *Index) Score(vector []float32, ids []ID) ([]float64, error) {
	if err := checkVector(vector, x.kind.Dims); err != nil {
		return nil, fmt.Errorf("compare with the index: the vector %w", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	q := x.space.prepare(vector)
	cosines := make([]float64, len(ids))
	for i, id := range ids {
		cosines[i] = math.NaN()
		if at, found := x.find(id); found {
			cosines[i] = float64(x.score(q, at))
		}
	}
	return cosines, nil
}

// score is the best that the index knows of a cosine.
func (x *Index) score(q *query, at address) float32 {
	s := x.segment(at)
	code := s.code(int(at.place))
	return q.score(code.rows, code.rests, s.terms[at.place])
}

// sample is about how many vectors speak for all.
const sample = 2048

// Moments estimates the mean and the standard deviation of the cosines of all vectors
// that the filter lets through, from some of them.
func (x *Index) Moments(vector []float32, filter Filter) (mean, deviation float64, err error) {
	if err := checkVector(vector, x.kind.Dims); err != nil {
		return 0, 0, fmt.Errorf("compare with the index: the vector %w", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	q, from := x.space.prepare(vector), x.selected(filter)
	n, sum, squares := 0.0, 0.0, 0.0
	// Ids are hashes, so blocks of them are as good a sample as any.
	step := block * max(1, from.count/sample)
	for i, s := range x.segments() {
		for start := 0; start < s.len(); start += step {
			for place := start; place < min(start+block, s.len()); place++ {
				if from.places[i] == nil || from.places[i].has(place) {
					cosine := float64(q.coarse(s.code(place).rows, s.terms[place]))
					n, sum, squares = n+1, sum+cosine, squares+cosine*cosine
				}
			}
		}
	}
	if n == 0 {
		return 0, 0, nil
	}
	mean = sum / n
	return mean, math.Sqrt(max(squares/n-mean*mean, 0)), nil
}

// A candidate is a vector that a stage let through, with what the stage knows of it.
type candidate struct {
	address
	score float32 // larger is better
}

// shortlist is the first two stages: about n vectors by their sign codes, or all that
// are allowed if these are no more.
func (x *Index) shortlist(ctx context.Context, q *query, from selection, n int) ([]candidate, error) {
	want := max(fewestBits, from.count/bitsShare, 2*n)
	if from.count <= n {
		want = from.count
	}
	scan := newScan(q.signs, want)
	for i, segment := range x.segments() {
		if err := scan.run(ctx, segment, int32(i), from.places[i]); err != nil {
			return nil, err
		}
	}
	found := scan.nearest()
	if from.count <= n {
		return found, nil
	}
	for i, c := range found {
		s := x.segment(c.address)
		found[i].score = q.estimate(s.code(int(c.place)).signs, s.terms[c.place])
	}
	return best(found, n), nil
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
