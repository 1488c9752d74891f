package admission

import (
	"context"
	"fmt"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// A Summary counts what became of candidates.
type Summary struct {
	// Admitted are new in the store; Known had been there, under the same id.
	// A candidate that is there is rejected as a duplicate, and counts as Known.
	Admitted, Known int
	// Held are in quarantine now and were not waiting there before; HeldBefore were
	// waiting there, or had been refused.
	Held, HeldBefore int
	// Unfit can be kept nowhere: their text or id is broken, as their reasons say.
	Unfit []Verdict
}

// Keep puts what was admitted into the store and the rest into its quarantine. by says who
// brings the candidates. It is an error when something is to be held and the store has
// no quarantine.
func Keep(ctx context.Context, store codebase.Store, by string, verdicts []Verdict) (Summary, error) {
	var s Summary
	var admitted []codebase.Example
	var held []codebase.Held
	var rejected []string
	for _, v := range verdicts {
		switch {
		case v.Admitted:
			admitted = append(admitted, v.Example)
		case v.Example.Validate() != nil:
			s.Unfit = append(s.Unfit, v)
		default:
			rejected = append(rejected, v.Example.ID)
			held = append(held, codebase.Held{Example: v.Example, Outcomes: v.Outcomes})
		}
	}
	known, err := knownAmong(ctx, store, rejected)
	if err != nil {
		return Summary{}, err
	}
	held = slices.DeleteFunc(held, func(h codebase.Held) bool { return known[h.Example.ID] })
	s.Known = len(rejected) - len(held)
	added, err := store.Add(ctx, admitted...)
	if err != nil {
		return Summary{}, err
	}
	s.Admitted = added
	s.Known += len(admitted) - added
	if len(held) == 0 {
		return s, nil
	}
	quarantine, ok := store.(codebase.Quarantine)
	if !ok {
		return s, fmt.Errorf("keep %d examples that were not admitted: the store has no quarantine", len(held))
	}
	s.Held, err = quarantine.Hold(ctx, by, held...)
	s.HeldBefore = len(held) - s.Held
	return s, err
}
