package codebase

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/lang"
)

// KindStarter is the kind of source of the examples that come with the program.
const KindStarter = "starter"

// starterKey is where a [MetaStore] keeps which starter entries it holds.
const starterKey = "starter"

// starterForm changes whenever [Starter] makes other examples of the same
// entries, so that stores are brought in line again.
const starterForm = "1:"

// starterTime is when every starter example counts as admitted. It is fixed so
// that two programs with the same entries make equal examples.
var starterTime = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Starter returns the examples that come with the program, in the order of
// language, CWE and name. Each has its insecure twin.
func Starter() ([]Example, error) {
	entries, err := corpus.Entries()
	if err != nil {
		return nil, fmt.Errorf("read the starter examples: %w", err)
	}
	examples := make([]Example, len(entries))
	for i, entry := range entries {
		e := Example{
			Code:       entry.Code,
			Language:   lang.Language(entry.Language),
			Title:      entry.Title,
			Fix:        entry.Fix,
			Insecure:   entry.Insecure,
			Source:     Source{Kind: KindStarter, Path: "corpus/" + entry.Path, Licence: "Apache-2.0"},
			AdmittedAt: starterTime,
			AdmittedBy: "seccoder",
		}
		for _, cwe := range entry.CWEs {
			e.CWEs = append(e.CWEs, CWE(cwe))
		}
		e.ID = e.Hash()
		examples[i] = e
	}
	return examples, nil
}

// SyncStarter brings the store's starter examples in line with the program's: it
// adds new ones, replaces changed ones (counted as removed and as added) and
// takes out those that the program no longer has. Examples from elsewhere are
// never touched.
//
// A store that is a [MetaStore] remembers what it was brought in line with, and
// the next call with the same program costs one look-up. So a starter example
// that a user removed stays away until a program with other starter entries
// comes. When SyncStarter fails or is stopped half-way, the next call finishes
// the work.
func SyncStarter(ctx context.Context, store Store) (added, removed int, err error) {
	current := starterForm + corpus.Digest()
	meta, remembers := store.(MetaStore)
	if remembers {
		last, err := meta.Meta(ctx, starterKey)
		if err != nil {
			return 0, 0, fmt.Errorf("see which starter examples the store has: %w", err)
		}
		if last == current {
			return 0, 0, nil
		}
	}
	wanted, err := Starter()
	if err != nil {
		return 0, 0, err
	}
	stale, err := staleStarters(ctx, store, wanted)
	if err != nil {
		return 0, 0, fmt.Errorf("read the store's starter examples: %w", err)
	}
	if removed, err = store.Remove(ctx, stale...); err != nil {
		return removed, 0, fmt.Errorf("remove old starter examples: %w", err)
	}
	if added, err = store.Add(ctx, wanted...); err != nil {
		return added, removed, fmt.Errorf("add the starter examples: %w", err)
	}
	if remembers {
		if err := meta.SetMeta(ctx, starterKey, current); err != nil {
			return added, removed, fmt.Errorf("note which starter examples the store has: %w", err)
		}
	}
	return added, removed, nil
}

// staleStarters lists the ids of the store's starter examples that are not, or
// not so, among the wanted.
func staleStarters(ctx context.Context, store Store, wanted []Example) ([]string, error) {
	byID := make(map[string]Example, len(wanted))
	for _, e := range wanted {
		byID[e.ID] = e
	}
	var stale []string
	for have, err := range store.Examples(ctx, Filter{SourceKind: KindStarter}) {
		if err != nil {
			return nil, err
		}
		if want, known := byID[have.ID]; !known || !sameStarter(have, want) {
			stale = append(stale, have.ID)
		}
	}
	return stale, nil
}

// sameStarter reports whether two examples of one id are equal in all that a
// starter entry says.
func sameStarter(a, b Example) bool {
	return a.Code == b.Code && a.Insecure == b.Insecure && a.Title == b.Title && a.Fix == b.Fix &&
		slices.Equal(a.CWEs, b.CWEs) && a.Source == b.Source &&
		a.AdmittedBy == b.AdmittedBy && a.AdmittedAt.Equal(b.AdmittedAt)
}
