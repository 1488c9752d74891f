package retrieval

import (
	"container/heap"
	"context"
	"errors"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
)

// A hit is the score of an example, which is named by its place in a list of ids.
type hit struct {
	place int
	score float64
}

// A ranking is a heap of hits, the best on top. Only as much of it is sorted
// as is taken: k of perhaps a million. Lists of ids are sorted, so the place
// decides ties as the id would.
type ranking []hit

func (r ranking) Len() int { return len(r) }
func (r ranking) Less(i, j int) bool {
	if r[i].score != r[j].score {
		return r[i].score > r[j].score
	}
	return r[i].place < r[j].place
}
func (r ranking) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *ranking) Push(x any)   { *r = append(*r, x.(hit)) }
func (r *ranking) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

// best takes the k best hits and fetches their examples; explain says what made each
// fit. Those that were removed from the store since ids was read make room for the next.
func (r ranking) best(ctx context.Context, store codebase.Store, ids []string, k int, explain func(hit, *Match)) ([]Match, error) {
	heap.Init(&r)
	var matches []Match
	for len(matches) < k {
		h, example, err := r.next(ctx, store, ids)
		if err != nil {
			return nil, err
		}
		if example == nil {
			break
		}
		match := Match{Example: *example, Score: h.score}
		explain(h, &match)
		matches = append(matches, match)
	}
	return matches, nil
}

// next takes the best hit off the heap and fetches its example, which is nil when there
// is none left. It passes over those that were removed.
func (r *ranking) next(ctx context.Context, store codebase.Store, ids []string) (hit, *codebase.Example, error) {
	for r.Len() > 0 {
		h := heap.Pop(r).(hit)
		example, err := store.Get(ctx, ids[h.place])
		if errors.Is(err, codebase.ErrNotFound) {
			continue
		}
		if err != nil {
			return hit{}, nil, fmt.Errorf("fetch example %s from the secure codebase: %w", ids[h.place], err)
		}
		return h, &example, nil
	}
	return hit{}, nil, nil
}
