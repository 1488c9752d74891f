package retrieval

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// A Filter chooses which examples a [Retriever] may return, of those that can serve the
// query's language. It changes neither an example's parts of the score nor what a retriever
// makes of the query: what is filtered out still has its say in that. The zero Filter chooses
// all.
type Filter struct {
	// CWEs, where there are any, keeps the examples that have one of them, or a weakness that
	// is one of them in particular: a CWE-121 is a CWE-787 ([WithKinds]).
	CWEs []codebase.CWE
	// SourceKind, where set, keeps the examples of that kind of source.
	SourceKind string
	// Since, where set, keeps the examples that were admitted then or later.
	Since time.Time
}

// WithKinds returns the weaknesses and those that are one of them in particular, in order.
func WithKinds(cwes []codebase.CWE) []codebase.CWE {
	all := slices.Clone(cwes)
	for special, general := range kinds {
		if slices.Contains(cwes, general) {
			all = append(all, special)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A choice is a query's filter, ready to be asked. The zero choice admits all.
type choice struct {
	cwes []codebase.CWE // with their kinds
	// ids, where not nil, are those of all that the filter admits, by weakness, too. A
	// filter that asks for a source or a time has them: no index knows these.
	ids map[string]bool
}

// choose reads from the store what an index cannot tell.
func choose(ctx context.Context, store codebase.Store, query Query) (choice, error) {
	c := choice{cwes: WithKinds(query.Only.CWEs)}
	if query.Only.SourceKind == "" && query.Only.Since.IsZero() {
		return c, nil
	}
	c.ids = make(map[string]bool)
	filter := codebase.Filter{Language: query.Language, SourceKind: query.Only.SourceKind, Since: query.Only.Since}
	cwes := c.cwes
	if len(cwes) == 0 {
		cwes = []codebase.CWE{0}
	}
	for _, filter.CWE = range cwes {
		for id, err := range matching(ctx, store, filter) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return choice{}, fmt.Errorf("read the secure codebase to filter it: %w", err)
			}
			c.ids[id] = true
		}
	}
	return c, nil
}

// matching yields the ids of what matches a filter, without its code where the store can.
func matching(ctx context.Context, store codebase.Store, filter codebase.Filter) iter.Seq2[string, error] {
	if bulk, ok := store.(codebase.BulkStore); ok {
		return bulk.IDs(ctx, filter)
	}
	return func(yield func(string, error) bool) {
		for example, err := range store.Examples(ctx, filter) {
			if !yield(example.ID, err) {
				return
			}
		}
	}
}

// all reports whether nothing is filtered out.
func (c choice) all() bool { return c.ids == nil && len(c.cwes) == 0 }

// admits reports whether an example with these weaknesses may be returned.
func (c choice) admits(id string, cwes []codebase.CWE) bool {
	if c.ids != nil {
		return c.ids[id]
	}
	return len(c.cwes) == 0 || slices.ContainsFunc(cwes, func(cwe codebase.CWE) bool { return slices.Contains(c.cwes, cwe) })
}

// keep drops the hits that are not admitted. Places are those of the lists.
func (c choice) keep(hits ranking, ids []string, cwes [][]codebase.CWE) ranking {
	if c.all() {
		return hits
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return !c.admits(ids[h.place], cwes[h.place]) })
}

// nearest searches an index for the k nearest of what is admitted; where ids are known,
// for all of them.
func (c choice) nearest(ctx context.Context, near comparison, k int) ([]nearest.Hit, error) {
	if c.ids != nil {
		return c.score(near)
	}
	var found []nearest.Hit
	for _, cwe := range c.cwes {
		hits, err := near.index.Search(ctx, near.vector, k, nearest.Filter{Language: near.language, CWE: cwe})
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			// An example of two of the weaknesses is found twice.
			if !slices.ContainsFunc(found, func(other nearest.Hit) bool { return other.ID == h.ID }) {
				found = append(found, h)
			}
		}
	}
	return found, nil
}

// score compares the query with all whose ids are known. What the index does not have
// (yet) is left out.
func (c choice) score(near comparison) ([]nearest.Hit, error) {
	var found []nearest.Hit
	ids := make([]nearest.ID, 0, len(c.ids))
	for text := range c.ids {
		id, err := indexID(text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	scores, err := near.index.Score(near.vector, ids)
	if err != nil {
		return nil, err
	}
	for i, score := range scores {
		if !math.IsNaN(score) {
			found = append(found, nearest.Hit{ID: ids[i], Score: score})
		}
	}
	return found, nil
}

// idsOf are the ids of hits.
func idsOf(found []nearest.Hit) []nearest.ID {
	ids := make([]nearest.ID, len(found))
	for i, h := range found {
		ids[i] = h.ID
	}
	return ids
}
