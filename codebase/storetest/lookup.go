package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Finder is what [Lookup] checks.
type Finder interface {
	codebase.Store
	codebase.LookupStore
	codebase.Quarantine
}

// Lookup checks how a new, empty store tells of many ids at once.
func Lookup(t *testing.T, store Finder) {
	known, released, waiting, refused, none := Example(lang.C, "int a;"), Example(lang.C, "int b;"), Example(lang.C, "int c;"), Example(lang.C, "int d;"), Example(lang.C, "int e;")
	for _, e := range []codebase.Example{released, waiting, refused} {
		if _, err := store.Hold(t.Context(), "bringer", codebase.Held{Example: e, Outcomes: outcomes}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Refuse(t.Context(), refused.ID, "reviewer", "no"); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, store, known, released)
	ids := []string{none.ID, refused.ID, waiting.ID, released.ID, known.ID, "", "%", known.ID[:12]}
	for name, test := range map[string]struct {
		among func(ids []string) ([]string, error)
		want  []string
	}{
		"known":  {func(ids []string) ([]string, error) { return store.KnownIDs(t.Context(), ids) }, []string{known.ID, released.ID}},
		"held":   {func(ids []string) ([]string, error) { return store.HeldIDs(t.Context(), ids) }, []string{released.ID, waiting.ID, refused.ID}},
		"nobody": {func([]string) ([]string, error) { return store.KnownIDs(t.Context(), nil) }, nil},
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

func testBulk(t *testing.T, open func(t *testing.T) codebase.Store) {
	store := open(t)
	bulk, ok := store.(codebase.BulkStore)
	if !ok {
		t.Skip("the store does not give many examples for one question")
	}
	all := sorted(append(Numbered(130), Example(lang.C, "int a;", 787))...)
	mustAdd(t, store, all...)
	t.Run("many", func(t *testing.T) {
		ids := []string{"", "%", all[0].ID[:12], Example(lang.C, "int none;").ID}
		for _, e := range all {
			ids = append(ids, e.ID, e.ID)
		}
		slices.Reverse(ids)
		got, err := bulk.GetMany(t.Context(), ids)
		if diff := cmp.Diff(all, got); err != nil || diff != "" {
			t.Errorf("error %v, want (-), got (+):\n%s", err, diff)
		}
		for _, ids := range [][]string{nil, {""}} {
			if got, err := bulk.GetMany(t.Context(), ids); err != nil || len(got) != 0 {
				t.Errorf("%d examples of the ids %q, %v", len(got), ids, err)
			}
		}
	})
	for _, filter := range []codebase.Filter{{}, {Language: lang.CPP}, {CWE: 787, SourceKind: "git"}, {SourceKind: "none"}, {Since: all[0].AdmittedAt}} {
		var want, got []string
		for _, e := range mustList(t, store, filter) {
			want = append(want, e.ID)
		}
		for id, err := range bulk.IDs(t.Context(), filter) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, id)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ids of %+v: want (-), got (+):\n%s", filter, diff)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bulk.GetMany(ctx, []string{all[0].ID}); !errors.Is(err, context.Canceled) {
		t.Errorf("GetMany after the end: error %v, want context.Canceled", err)
	}
	for _, err := range bulk.IDs(ctx, codebase.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("IDs after the end: error %v, want context.Canceled", err)
		}
	}
}
