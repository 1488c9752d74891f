package admission

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/codebase"
)

const (
	// shingle is the length in tokens of the runs that near duplicates share.
	shingle = 5
	// NearDuplicate is the share of all their runs of tokens, from 0 to 1, from which on
	// two pieces of code count as one (Jaccard). docs/admission.md has how often that is right.
	NearDuplicate = 0.75
)

// duplicates compares with the examples of a store, read once, and with those that
// were admitted since.
type duplicates struct {
	store codebase.Store

	mu      sync.Mutex
	loaded  bool
	index   *index
	exact   map[string]string // fingerprint of code: id
	twins   map[string]string // fingerprint of insecure code: id of its example
	pending map[string]codebase.Example
}

// prints are what tells an example from others, and are costly to make.
type prints struct {
	// code and insecure are fingerprints; that of no code is "".
	code, insecure string
	bands          [bands]uint64
}

func newPrints(c *Candidate) *prints {
	r := c.own()
	r.runs = codebase.AppendRuns(r.runs[:0], r.tokens, shingle)
	return &prints{code: codebase.FingerprintOf(r.tokens), insecure: c.twinPrint(), bands: bandsOf(r.runs)}
}

func newDuplicates(store codebase.Store) *duplicates {
	return &duplicates{
		store: store, index: newIndex(), exact: map[string]string{}, twins: map[string]string{}, pending: map[string]codebase.Example{},
	}
}

func (d *duplicates) Name() string    { return "duplicate" }
func (d *duplicates) Version() string { return "1" }

func (d *duplicates) Judge(ctx context.Context, candidates []*Candidate) ([]codebase.Outcome, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.load(ctx); err != nil {
		return nil, err
	}
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = strings.ToLower(c.ID)
	}
	held, err := maybeHeld(ctx, d.store, ids)
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(candidates))
	for i, c := range candidates {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if outcomes[i], err = d.judge(ctx, c, held[ids[i]]); err != nil {
			return nil, err
		}
	}
	return outcomes, nil
}

// loadPart is how many examples of the store are held in memory at once while it is read.
const loadPart = 256

// load reads the store, the first time.
func (d *duplicates) load(ctx context.Context) error {
	if d.loaded || d.store == nil {
		return nil
	}
	known := make([]*Candidate, 0, loadPart)
	take := func() error {
		made := make([]prints, len(known))
		err := eachPart(ctx, len(known), func(i int) {
			made[i] = *known[i].print()
			known[i].letGo()
			known[i] = &Candidate{Example: codebase.Example{ID: known[i].ID}}
		})
		for i, c := range known {
			d.note(c.ID, &made[i])
		}
		known = known[:0]
		return err
	}
	for e, err := range d.store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return err
		}
		if known = append(known, newCandidate(e)); len(known) == loadPart {
			if err := take(); err != nil {
				return err
			}
		}
	}
	if err := take(); err != nil {
		return err
	}
	d.loaded = true
	return nil
}

// note takes an example into the tables.
func (d *duplicates) note(id string, p *prints) {
	d.exact[p.code] = id
	if p.insecure != "" {
		d.twins[p.insecure] = id
	}
	d.index.add(id, p.bands)
}

// admit makes an example count that is not in the store yet.
func (d *duplicates) admit(c *Candidate) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.note(c.ID, c.print())
	d.pending[c.ID] = c.Example
}

// forget lets go of what the store has by now.
func (d *duplicates) forget(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.store == nil || len(d.pending) == 0 {
		return nil
	}
	known, err := knownAmong(ctx, d.store, slices.Collect(maps.Keys(d.pending)))
	if err != nil {
		return err
	}
	for id := range known {
		delete(d.pending, id)
	}
	return nil
}

// judge says what a candidate duplicates; held: it may be in quarantine.
func (d *duplicates) judge(ctx context.Context, c *Candidate, held bool) (codebase.Outcome, error) {
	if held {
		if refused, err := d.refused(ctx, c.ID); err != nil || refused != "" {
			return rejects("%s", refused), err
		}
	}
	return d.compare(ctx, c)
}

// again compares a candidate once more, with what was admitted since it was judged.
func (d *duplicates) again(ctx context.Context, c *Candidate) (codebase.Outcome, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.compare(ctx, c)
}

// compare looks for an example that is the candidate, or nearly.
func (d *duplicates) compare(ctx context.Context, c *Candidate) (codebase.Outcome, error) {
	p := c.print()
	if id := d.exact[p.code]; id != "" {
		return rejects("it is example %.12s but for layout and comments", id), nil
	}
	if id := d.twins[p.code]; id != "" {
		return rejects("it is the insecure twin of example %.12s but for layout and comments", id), nil
	}
	nearest, alike := "", 0.0
	for _, id := range d.index.near(p.bands) {
		other, ok, err := d.get(ctx, id)
		if err != nil {
			return codebase.Outcome{}, err
		}
		if !ok || !c.Language.Compatible(other.Language) && !other.Language.Compatible(c.Language) {
			continue
		}
		if j := c.runs().Jaccard(codebase.NewShingles(other.Language, other.Code, shingle)); j >= NearDuplicate && j > alike {
			nearest, alike = id, j
		}
	}
	if nearest != "" {
		return rejects("it is nearly example %.12s: they share %.2f of their runs of %d tokens", nearest, alike, shingle), nil
	}
	return accepts(""), nil
}

// refused says who decided against the example before, or "".
func (d *duplicates) refused(ctx context.Context, id string) (string, error) {
	quarantine, ok := d.store.(codebase.Quarantine)
	if !ok || len(id) != 64 {
		return "", nil
	}
	held, err := quarantine.GetHeld(ctx, id)
	if errors.Is(err, codebase.ErrNotFound) || err == nil && held.State != codebase.Refused {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	last := held.History[len(held.History)-1]
	return fmt.Sprintf("it was refused by %s: %s", last.By, last.Note), nil
}

// get returns a known example, and false where it is gone.
func (d *duplicates) get(ctx context.Context, id string) (codebase.Example, bool, error) {
	if e, ok := d.pending[id]; ok {
		return e, true, nil
	}
	if d.store == nil {
		return codebase.Example{}, false, nil
	}
	e, err := d.store.Get(ctx, id)
	if errors.Is(err, codebase.ErrNotFound) {
		return e, false, nil
	}
	return e, err == nil, err
}
