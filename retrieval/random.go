package retrieval

import (
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
	lot := list.compatible(query.Language)
	source := rand.New(rand.NewPCG(query.Seed, 0))
	why := func(hit, codebase.Example) string { return fmt.Sprintf("drawn at random (seed %d)", query.Seed) }

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

// A listing is the ids of the store's examples, sorted, and their languages.
type listing struct {
	ids       []string
	languages []lang.Language
}

func readListing(ctx context.Context, store codebase.Store) (listing, error) {
	languages := make(map[string]lang.Language)
	for example, err := range store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return listing{}, fmt.Errorf("read the secure codebase: %w", err)
		}
		languages[example.ID] = example.Language
	}
	list := listing{ids: make([]string, 0, len(languages)), languages: make([]lang.Language, 0, len(languages))}
	for id := range languages {
		list.ids = append(list.ids, id)
	}
	slices.Sort(list.ids)
	for _, id := range list.ids {
		list.languages = append(list.languages, languages[id])
	}
	return list, nil
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
