package admission

import (
	"context"
	"errors"

	"github.com/seccoder/seccoder/codebase"
)

// knownAmong are those of the ids that examples of the store have.
func knownAmong(ctx context.Context, store codebase.Store, ids []string) (map[string]bool, error) {
	if many, ok := store.(codebase.LookupStore); ok {
		return asSet(many.KnownIDs(ctx, ids))
	}
	known := map[string]bool{}
	for _, id := range ids {
		_, err := store.Get(ctx, id)
		switch {
		case err == nil:
			known[id] = true
		case !errors.Is(err, codebase.ErrNotFound):
			return nil, err
		}
	}
	return known, nil
}

// maybeHeld are those of the ids that the store may have in quarantine: all, where it cannot
// tell of many at once.
func maybeHeld(ctx context.Context, store codebase.Store, ids []string) (map[string]bool, error) {
	if _, ok := store.(codebase.Quarantine); !ok {
		return nil, nil
	}
	if many, ok := store.(codebase.LookupStore); ok {
		return asSet(many.HeldIDs(ctx, ids))
	}
	return asSet(ids, nil)
}

func asSet(ids []string, err error) (map[string]bool, error) {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set, err
}
