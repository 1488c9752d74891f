package codebase

import (
	"context"
	_ "embed" // starter.stamp
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/lang"
)

// KindStarter is the kind of source of the examples that come with the program.
const KindStarter = "starter"

// starterKey is where a [MetaStore] keeps which starter entries it holds.
const starterKey = "starter"

// keptMark is what a store notes whose starter examples stay as they are.
const keptMark = "kept as they are"

// starterForm changes whenever [Starter] makes other examples of the same
// entries, so that stores are brought in line again.
const starterForm = "2:"

// starterStamp is when the starter examples were last changed, and their digest. By the time
// one of two programs knows that it has the older ones; a test writes it (-update).
//
//go:embed starter.stamp
var starterStamp string

// starters are the starter examples of a program.
type starters struct {
	examples []Example
	// at is when they were last changed.
	at time.Time
	// mark is what a store that has them notes: the time and their digest.
	mark string
}

// programStarters are those of this program, still without the examples.
func programStarters() (starters, error) {
	at, digest := readMark(starterStamp)
	if at.IsZero() || digest == "" {
		return starters{}, fmt.Errorf("the starter examples' stamp %q is no time and digest", starterStamp)
	}
	return starters{at: at, mark: at.Format(time.RFC3339) + " " + starterForm + corpus.Digest()}, nil
}

// readMark reads a mark. It has no time where a program wrote it that had none.
func readMark(mark string) (at time.Time, digest string) {
	text, digest, _ := strings.Cut(strings.TrimSpace(mark), " ")
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, digest
	}
	return at.UTC(), digest
}

// Starter returns the examples that come with the program, in the order of
// language, CWE and name. Each has its insecure twin. They count as admitted when any of them
// was last changed, so that programs with the same entries make equal examples.
func Starter() ([]Example, error) {
	current, err := programStarters()
	if err != nil {
		return nil, err
	}
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
			AdmittedAt: current.at,
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
// never touched, nor are those of a program with newer starter examples.
//
// A store that is a [MetaStore] remembers what it was brought in line with, and
// the next call with the same program costs one look-up. So a starter example
// that a user removed stays away until a program with newer starter entries
// comes. When SyncStarter fails or is stopped half-way, the next call finishes
// the work.
//
// Several processes may do so at once, of different versions, too. In a [ReplaceStore], what is
// added or changed is there before anything is removed, and whatever is removed or changed is
// looked at again: no current example is missing afterwards or in between, where for a moment one may
// be that an older program at work knows nothing of. What an older program added beside a newer one
// stays until the next call of the newer one, or until it has other entries.
func SyncStarter(ctx context.Context, store Store) (added, removed int, err error) {
	current, err := programStarters()
	if err != nil {
		return 0, 0, err
	}
	if there, err := current.noted(ctx, store); there || err != nil {
		return 0, 0, err
	}
	if current.examples, err = Starter(); err != nil {
		return 0, 0, err
	}
	return current.sync(ctx, store)
}

// KeepStarter has the store remember that its starter examples, few or none, are to stay as they
// are: [SyncStarter] of this program and of later ones leaves it alone from then on. A codebase that something was
// measured with stays what it was.
func KeepStarter(ctx context.Context, store MetaStore) error {
	if err := store.SetMeta(ctx, starterKey, keptMark); err != nil {
		return fmt.Errorf("note that the store's starter examples stay as they are: %w", err)
	}
	return nil
}

// noted reports whether the store remembers that it has these starter examples, or newer ones,
// or that those that it has are to stay.
func (s starters) noted(ctx context.Context, store Store) (bool, error) {
	meta, remembers := store.(MetaStore)
	if !remembers {
		return false, nil
	}
	last, err := meta.Meta(ctx, starterKey)
	if err != nil {
		return false, fmt.Errorf("see which starter examples the store has: %w", err)
	}
	at, _ := readMark(last)
	return last == s.mark || last == keptMark || at.After(s.at), nil
}

// sync brings a store in line, and has it remember that.
func (s starters) sync(ctx context.Context, store Store) (added, removed int, err error) {
	if added, removed, err = s.into(ctx, store); err != nil {
		return added, removed, err
	}
	if meta, remembers := store.(MetaStore); remembers {
		if err := meta.SetMeta(ctx, starterKey, s.mark); err != nil {
			return added, removed, fmt.Errorf("note which starter examples the store has: %w", err)
		}
	}
	return added, removed, nil
}

// into puts the starter examples into a store, in place of older ones.
func (s starters) into(ctx context.Context, store Store) (added, removed int, err error) {
	// The new ones come first: a call that is stopped leaves too many, not too few.
	if added, err = store.Add(ctx, s.examples...); err != nil {
		return added, 0, fmt.Errorf("add the starter examples: %w", err)
	}
	changed, stale, err := s.compare(ctx, store)
	if err != nil {
		return added, 0, fmt.Errorf("read the store's starter examples: %w", err)
	}
	old := len(s.examples) - added
	replaced, err := s.replace(ctx, store, changed)
	added, removed = added+replaced, replaced
	if err != nil {
		return added, removed, fmt.Errorf("replace old starter examples: %w", err)
	}
	if old > 0 {
		// An older program that knew nothing of one may have removed it before it was replaced. From
		// now on all have the form of this program, which an older one leaves alone.
		again, err := store.Add(ctx, s.examples...)
		if added += again; err != nil {
			return added, removed, fmt.Errorf("add the starter examples again: %w", err)
		}
	}
	gone, err := s.remove(ctx, store, stale)
	if err != nil {
		err = fmt.Errorf("remove old starter examples: %w", err)
	}
	return added, removed + gone, err
}

// compare lists what of the store's starter examples is to be replaced, and which are to go.
func (s starters) compare(ctx context.Context, store Store) (changed []Example, stale []string, err error) {
	wanted := s.byID()
	for have, err := range store.Examples(ctx, Filter{SourceKind: KindStarter}) {
		if err != nil {
			return nil, nil, err
		}
		if want, known := wanted[have.ID]; !s.outdates(have) {
			continue
		} else if !known {
			stale = append(stale, have.ID)
		} else if !sameStarter(have, want) {
			changed = append(changed, want)
		}
	}
	return changed, stale, nil
}

func (s starters) byID() map[string]Example {
	byID := make(map[string]Example, len(s.examples))
	for _, e := range s.examples {
		byID[e.ID] = e
	}
	return byID
}

// outdates reports whether an example is a starter example, and not of a newer program.
func (s starters) outdates(e Example) bool {
	return e.Source.Kind == KindStarter && !e.AdmittedAt.After(s.at)
}

// replace puts changed examples in the place of those with their ids.
func (s starters) replace(ctx context.Context, store Store, changed []Example) (replaced int, err error) {
	if able, ok := store.(ReplaceStore); ok {
		wanted := s.byID()
		return able.Replace(ctx, func(have Example) bool { return s.outdates(have) && !sameStarter(have, wanted[have.ID]) }, changed...)
	}
	ids := make([]string, len(changed))
	for i, e := range changed {
		ids[i] = e.ID
	}
	if _, err := store.Remove(ctx, ids...); err != nil {
		return 0, err
	}
	return store.Add(ctx, changed...)
}

// remove takes out what the program has no longer.
func (s starters) remove(ctx context.Context, store Store, stale []string) (removed int, err error) {
	if able, ok := store.(ReplaceStore); ok {
		return able.RemoveWhere(ctx, s.outdates, stale...)
	}
	return store.Remove(ctx, stale...)
}

// sameStarter reports whether two examples of one id are equal in all that a
// starter entry says.
func sameStarter(a, b Example) bool {
	return a.Code == b.Code && a.Insecure == b.Insecure && a.Title == b.Title && a.Fix == b.Fix &&
		slices.Equal(a.CWEs, b.CWEs) && a.Source == b.Source &&
		a.AdmittedBy == b.AdmittedBy && a.AdmittedAt.Equal(b.AdmittedAt)
}
