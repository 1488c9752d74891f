package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// testReplace changes and removes examples that a function is asked about.
func testReplace(t *testing.T, open func(t *testing.T) codebase.Store) {
	store, ok := open(t).(interface {
		codebase.Store
		codebase.ReplaceStore
	})
	if !ok {
		t.Skip("the store replaces no examples")
	}
	all := Numbered(150)
	mustAdd(t, store, all...)
	vectors, hasVectors := store.(codebase.VectorStore)
	put := make(map[string][]float32)
	for _, e := range all {
		put[e.ID] = []float32{1, 2}
	}
	if hasVectors {
		mustPut(t, vectors, "one", put)
	}

	changed := make([]codebase.Example, len(all))
	for i, e := range all {
		e.Title, e.CWEs, e.Source.Kind, e.AdmittedAt = "another title", []codebase.CWE{79, 80}, "file", e.AdmittedAt.Add(time.Hour)
		e.CheckedBy = nil
		changed[i] = e
	}
	absent := Example(lang.C, "int absent;\n")
	spared := all[7].ID
	replaced, err := store.Replace(t.Context(), func(have codebase.Example) bool {
		return have.ID != spared && have.Title != "another title"
	}, append(changed, absent)...)
	if err != nil || replaced != len(all)-1 {
		t.Errorf("replaced %d, error %v; want %d", replaced, err, len(all)-1)
	}
	want := sorted(append(append(changed[:7:7], all[7]), changed[8:]...)...)
	if diff := cmp.Diff(want, mustList(t, store, codebase.Filter{})); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	filter := codebase.Filter{CWE: 80, SourceKind: "file", Since: changed[0].AdmittedAt}
	if got := mustList(t, store, filter); len(got) != len(all)-1 {
		t.Errorf("%d examples have the new labels, want %d", len(got), len(all)-1)
	}
	if hasVectors {
		if got := mustVectors(t, vectors, "one", filter); len(got) != len(all)-1 {
			t.Errorf("%d vectors have the new labels, want %d", len(got), len(all)-1)
		}
		if got := mustVectors(t, vectors, "one", codebase.Filter{CWE: 89}); len(got) != 1 {
			t.Errorf("%d vectors have the old labels, want 1", len(got))
		}
	}

	bad := changed[0]
	bad.Title = "two\nlines"
	if n, err := store.Replace(t.Context(), func(codebase.Example) bool { return true }, changed[1], bad); err == nil || n != 0 {
		t.Errorf("replaced %d by an example that is not valid, error %v", n, err)
	}
	if n, err := store.Replace(t.Context(), func(codebase.Example) bool { return true }); err != nil || n != 0 {
		t.Errorf("replaced %d by nothing, error %v", n, err)
	}

	ids := []string{absent.ID, "no id"}
	for _, e := range all {
		ids = append(ids, e.ID)
	}
	removed, err := store.RemoveWhere(t.Context(), func(have codebase.Example) bool { return have.ID != all[3].ID && have.ID != spared }, ids...)
	if err != nil || removed != len(all)-2 {
		t.Errorf("removed %d, error %v; want %d", removed, err, len(all)-2)
	}
	if diff := cmp.Diff(sorted(changed[3], all[7]), mustList(t, store, codebase.Filter{})); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
