package storetest

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// testMove checks what a store needs for its content to go elsewhere as it is.
func testMove(t *testing.T, open func(t *testing.T) codebase.Store) {
	with := func(t *testing.T) codebase.MovableStore {
		store, ok := open(t).(codebase.MovableStore)
		if !ok {
			t.Skip("the store's content cannot be moved")
		}
		return store
	}
	t.Run("embedders and facts", func(t *testing.T) {
		store, e := with(t), Example(lang.C, "int x;")
		mustAdd(t, store, e)
		for _, embedder := range []string{"two", "one"} {
			mustPut(t, store, embedder, map[string][]float32{e.ID: {1, 2}})
		}
		if got, err := store.Embedders(t.Context()); err != nil || !slices.Equal(got, []string{"one", "two"}) {
			t.Errorf("Embedders = %q, %v", got, err)
		}
		want := map[string]string{"a": "1", "b ü\n": "'\""}
		for key, value := range want {
			mustSet(t, store, key, value)
		}
		mustSet(t, store, "gone", "x")
		mustSet(t, store, "gone", "")
		if got, err := store.Facts(t.Context()); err != nil || !maps.Equal(got, want) {
			t.Errorf("Facts = %q, %v; want %q", got, err, want)
		}
	})
	t.Run("quarantine", func(t *testing.T) { testPutHeld(t, with(t)) })
}

func testPutHeld(t *testing.T, store codebase.MovableStore) {
	at := time.Date(2026, time.May, 6, 7, 8, 9, 10, time.UTC)
	waits := codebase.Held{
		Example: Example(lang.Python, "x = 1"), Outcomes: outcomes, State: codebase.Waiting,
		History: []codebase.Event{{At: at, By: "bringer", What: codebase.Waiting}},
	}
	refused := waits
	refused.State = codebase.Refused
	refused.History = append(slices.Clone(waits.History), codebase.Event{At: at.Add(time.Hour), By: "reviewer", What: codebase.Refused, Note: "no"})
	put := func(want int, held ...codebase.Held) {
		t.Helper()
		if changed, err := store.PutHeld(t.Context(), held...); err != nil || changed != want {
			t.Errorf("PutHeld = %d, %v; want %d", changed, err, want)
		}
	}
	holds := func(want codebase.Held) {
		t.Helper()
		if diff := gocmp.Diff(want, mustHeld(t, store, want.Example.ID)); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	}
	put(0)
	put(1, waits)
	holds(waits)
	put(0, waits)
	put(1, refused)
	holds(refused)
	put(0, waits) // it is known that this was refused later
	holds(refused)

	// Elsewhere somebody else refused it before, with other outcomes.
	elsewhere := waits
	elsewhere.State, elsewhere.Outcomes = codebase.Refused, outcomes[:1]
	elsewhere.History = append(slices.Clone(waits.History), codebase.Event{At: at.Add(time.Minute), By: "chief", What: codebase.Refused, Note: "never"})
	put(1, elsewhere)
	both := refused
	both.History = []codebase.Event{waits.History[0], elsewhere.History[1], refused.History[1]}
	holds(both)

	served := waits
	served.Example = Example(lang.Python, "x = 2")
	mustAdd(t, store, served.Example)
	put(0, served)
	bad := map[string]codebase.Held{"no history": {Example: waits.Example, State: codebase.Waiting}, "another state": refused}
	another := bad["another state"]
	another.State = codebase.Waiting
	bad["another state"] = another
	for name, held := range bad {
		if _, err := store.PutHeld(t.Context(), held); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if n := len(mustAllHeld(t, store, "")); n != 1 {
		t.Errorf("%d are held", n)
	}
}

// A Nearer is a store that searches its vectors itself.
type Nearer interface {
	codebase.Store
	codebase.NearStore
}

// Nearest compares the search of a new, empty store with looking at every vector.
func Nearest(t *testing.T, store Nearer) {
	if got, err := store.Nearest(t.Context(), "one", []float32{1, 0}, codebase.Filter{}, 3); err != nil || len(got) != 0 {
		t.Errorf("Nearest in an empty store = %v, %v", got, err)
	}
	all := Numbered(40)
	for i := range 20 {
		all = append(all, Example(lang.C, "int x"+string(rune('a'+i))+";", codebase.CWE(100+i%2)))
	}
	mustAdd(t, store, all...)
	vectors := make(map[string][]float32)
	for i, e := range all {
		vectors[e.ID] = []float32{float32(i%7) - 3, float32(i%11) - 5, float32(i) / 64}
	}
	mustPut(t, store, "one", vectors)
	query := []float32{0.5, -0.25, 1}
	tests := map[string]struct {
		filter codebase.Filter
		k      int
	}{
		"five":          {codebase.Filter{}, 5},
		"one":           {codebase.Filter{}, 1},
		"none":          {codebase.Filter{}, 0},
		"C for C++":     {codebase.Filter{Language: lang.CPP}, 7},
		"of a CWE":      {codebase.Filter{CWE: 101}, 4},
		"more than are": {codebase.Filter{Language: lang.C, CWE: 100}, 50},
		"of none":       {codebase.Filter{Language: lang.Java}, 5},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := store.Nearest(t.Context(), "one", query, test.filter, test.k)
			if err != nil {
				t.Fatal(err)
			}
			var want []codebase.Near
			for _, v := range mustVectors(t, store, "one", test.filter) {
				score := 0.0
				for i, value := range v.Values {
					score += float64(value) * float64(query[i])
				}
				want = append(want, codebase.Near{ID: v.ExampleID, Score: score})
			}
			slices.SortFunc(want, func(a, b codebase.Near) int {
				return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
			})
			want = want[:min(len(want), test.k)]
			// Of equal scores at the end either may be there.
			if !slices.EqualFunc(want, got, func(a, b codebase.Near) bool { return a.Score-b.Score < 1e-5 && b.Score-a.Score < 1e-5 }) {
				t.Errorf("want %v\n got %v", want, got)
			}
		})
	}
	if n, err := store.Count(t.Context()); err != nil || n != len(all) {
		t.Errorf("Count = %d, %v; want %d", n, err, len(all))
	}
	if _, err := store.Nearest(t.Context(), "one", []float32{1}, codebase.Filter{}, 3); err == nil {
		t.Error("a query of another length: no error")
	}
}

func mustSet(t *testing.T, store codebase.MetaStore, key, value string) {
	t.Helper()
	if err := store.SetMeta(t.Context(), key, value); err != nil {
		t.Fatal(err)
	}
}
