package admission

import (
	"context"
	"errors"
	"fmt"

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
	for _, v := range verdicts {
		switch {
		case v.Admitted:
			admitted = append(admitted, v.Example)
		case v.Example.Validate() != nil:
			s.Unfit = append(s.Unfit, v)
		default:
			known, err := served(ctx, store, v.Example.ID)
			if err != nil {
				return Summary{}, err
			}
			if known {
				s.Known++
				continue
			}
			held = append(held, codebase.Held{Example: v.Example, Outcomes: v.Outcomes})
		}
	}
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

// served reports whether the store has an example of that id.
func served(ctx context.Context, store codebase.Store, id string) (bool, error) {
	_, err := store.Get(ctx, id)
	if errors.Is(err, codebase.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
