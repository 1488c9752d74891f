package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func testLookup(t *testing.T, open func(t *testing.T) codebase.Store) {
	store := open(t)
	lookup, ok := store.(codebase.LookupStore)
	if !ok {
		t.Skip("the store does not tell of many ids at once")
	}
	known, released, waiting, refused, none := Example(lang.C, "int a;"), Example(lang.C, "int b;"), Example(lang.C, "int c;"), Example(lang.C, "int d;"), Example(lang.C, "int e;")
	if quarantine, ok := store.(codebase.Quarantine); ok {
		for _, e := range []codebase.Example{released, waiting, refused} {
			if _, err := quarantine.Hold(t.Context(), "bringer", codebase.Held{Example: e, Outcomes: outcomes}); err != nil {
				t.Fatal(err)
			}
		}
		if err := quarantine.Refuse(t.Context(), refused.ID, "reviewer", "no"); err != nil {
			t.Fatal(err)
		}
	}
	mustAdd(t, store, known, released)
	ids := []string{none.ID, refused.ID, waiting.ID, released.ID, known.ID, "", "%", known.ID[:12]}
	for name, test := range map[string]struct {
		among func(ids []string) ([]string, error)
		want  []string
	}{
		"known":  {func(ids []string) ([]string, error) { return lookup.KnownIDs(t.Context(), ids) }, []string{known.ID, released.ID}},
		"held":   {func(ids []string) ([]string, error) { return lookup.HeldIDs(t.Context(), ids) }, []string{released.ID, waiting.ID, refused.ID}},
		"nobody": {func([]string) ([]string, error) { return lookup.KnownIDs(t.Context(), nil) }, nil},
	} {
		got, err := test.among(ids)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(test.want)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", name, diff)
		}
	}
}
