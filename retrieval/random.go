package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// Random draws examples by lot: the baseline that says what a demonstration is
// worth when nobody chose it (the paper's "random" row).
type Random struct {
	store   codebase.Store
	listing *snapshot[listing]
}

// NewRandom makes a Random over the store.
func NewRandom(store codebase.Store) *Random {
	return &Random{store: store, listing: newSnapshot(store, func(ctx context.Context) (listing, error) {
		return readListing(ctx, store)
	})}
}

// Retrieve draws k of the examples that can serve the query's language, without
// replacement. The same examples and the same seed give the same draw, in
// whatever order the examples came into the store, and a smaller k gives the
// first of a larger one's. All scores are 0.
func (r *Random) Retrieve(ctx context.Context, query Query, k int) ([]Match, error) {
	list, err := r.listing.get(ctx)
	if err != nil {
		return nil, err
	}
	only, err := choose(ctx, r.store, query)
	if err != nil {
		return nil, err
	}
	lot := list.chosen(query.Language, only)
	source := rand.New(rand.NewPCG(query.Seed, 0))
	why := func(_ hit, m *Match) { m.Why = fmt.Sprintf("drawn at random (seed %d)", query.Seed) }

	var matches []Match
	for len(matches) < k && len(lot) > 0 {
		// Fisher-Yates, as far as it is needed.
		drawn := source.IntN(len(lot))
		place := lot[drawn]
		lot[drawn] = lot[len(lot)-1]
		lot = lot[:len(lot)-1]
		match, err := ranking{{place: place}}.best(ctx, r.store, list.ids, 1, why)
		if err != nil {
			return nil, err
		}
		matches = append(matches, match...)
	}
	return matches, nil
}

// A listing is the ids of the store's examples, sorted, their languages and weaknesses.
type listing struct {
	ids       []string
	languages []lang.Language
	cwes      [][]codebase.CWE
}

func readListing(ctx context.Context, store codebase.Store) (listing, error) {
	labels, err := readLabels(ctx, store)
	if err != nil {
		return listing{}, err
	}
	list := listing{
		ids: make([]string, len(labels)), languages: make([]lang.Language, len(labels)), cwes: make([][]codebase.CWE, len(labels)),
	}
	for i, label := range labels {
		list.ids[i], list.languages[i], list.cwes[i] = label.ID, label.Language, label.CWEs
	}
	return list, nil
}

// readLabels reads those of all examples, sorted by id, from their code if the store
// cannot but read it.
func readLabels(ctx context.Context, store codebase.Store) ([]codebase.Label, error) {
	var labels []codebase.Label
	add := func(label codebase.Label, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("read the secure codebase: %w", err)
		}
		labels = append(labels, label)
		return nil
	}
	if index, ok := store.(codebase.IndexStore); ok {
		for label, err := range index.Labels(ctx) {
			if err := add(label, err); err != nil {
				return nil, err
			}
		}
	} else {
		for e, err := range store.Examples(ctx, codebase.Filter{}) {
			if err := add(codebase.Label{ID: e.ID, Language: e.Language, CWEs: e.CWEs, Title: e.Title, Fix: e.Fix}, err); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(labels, func(a, b codebase.Label) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(labels, func(a, b codebase.Label) bool { return a.ID == b.ID }), nil
}

// compatible returns the places of the examples that can serve the language;
// all of them where it is not set.
func (l listing) compatible(wanted lang.Language) []int {
	var places []int
	for place, language := range l.languages {
		if wanted == "" || wanted.Compatible(language) {
			places = append(places, place)
		}
	}
	return places
}

// chosen are the compatible places that a choice admits.
func (l listing) chosen(wanted lang.Language, only choice) []int {
	return slices.DeleteFunc(l.compatible(wanted), func(place int) bool { return !only.admits(l.ids[place], l.cwes[place]) })
}
