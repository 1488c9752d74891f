package storetest

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func testVectors(t *testing.T, open func(t *testing.T) codebase.Store) {
	withVectors := func(t *testing.T) (codebase.Store, codebase.VectorStore) {
		store := open(t)
		vectors, ok := store.(codebase.VectorStore)
		if !ok {
			t.Skip("the store keeps no vectors")
		}
		return store, vectors
	}
	t.Run("of each embedder for itself", func(t *testing.T) {
		store, vectors := withVectors(t)
		all := sorted(Numbered(3)...)
		mustAdd(t, store, all...)
		mustPut(t, vectors, "one", map[string][]float32{all[0].ID: {1, -0.5, math.SmallestNonzeroFloat32}, all[2].ID: {0, 1e-30, math.MaxFloat32}})
		mustPut(t, vectors, "two", map[string][]float32{all[1].ID: {3}})
		want := []codebase.Vector{
			vector(all[0], 1, -0.5, math.SmallestNonzeroFloat32),
			vector(all[2], 0, 1e-30, math.MaxFloat32),
		}
		if diff := cmp.Diff(want, mustVectors(t, vectors, "one", codebase.Filter{})); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
		if got := mustVectors(t, vectors, "none", codebase.Filter{}); len(got) != 0 {
			t.Errorf("%d vectors of an embedder that has none", len(got))
		}
		missing, err := vectors.WithoutVector(t.Context(), "two")
		if err != nil || !slices.Equal(missing, []string{all[0].ID, all[2].ID}) {
			t.Errorf("WithoutVector = %v, %v", missing, err)
		}
	})
	t.Run("later ones replace", func(t *testing.T) {
		store, vectors := withVectors(t)
		e := Example(lang.C, "int x;")
		mustAdd(t, store, e)
		mustPut(t, vectors, "one", map[string][]float32{e.ID: {1, 2}})
		mustPut(t, vectors, "one", map[string][]float32{e.ID: {3, 4}})
		if diff := cmp.Diff([]codebase.Vector{vector(e, 3, 4)}, mustVectors(t, vectors, "one", codebase.Filter{})); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("filtered", func(t *testing.T) {
		store, vectors := withVectors(t)
		py, c := Example(lang.Python, "x = 1", 89), Example(lang.C, "int x;", 787)
		mustAdd(t, store, py, c)
		mustPut(t, vectors, "one", map[string][]float32{py.ID: {1}, c.ID: {2}})
		got := mustVectors(t, vectors, "one", codebase.Filter{Language: lang.CPP, CWE: 787, SourceKind: "git"})
		if diff := cmp.Diff([]codebase.Vector{vector(c, 2)}, got); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("go with their example", func(t *testing.T) {
		store, vectors := withVectors(t)
		all := Numbered(2)
		mustAdd(t, store, all...)
		mustPut(t, vectors, "one", map[string][]float32{all[0].ID: {1}, all[1].ID: {2}})
		if _, err := store.Remove(t.Context(), all[0].ID); err != nil {
			t.Fatal(err)
		}
		mustPut(t, vectors, "one", map[string][]float32{all[0].ID: {1}}) // it is gone: passed over
		mustAdd(t, store, all[0])
		if diff := cmp.Diff([]codebase.Vector{vector(all[1], 2)}, mustVectors(t, vectors, "one", codebase.Filter{})); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("bad ones are refused", func(t *testing.T) {
		store, vectors := withVectors(t)
		all := Numbered(2)
		mustAdd(t, store, all...)
		bad := map[string]map[string][]float32{
			"empty":           {all[0].ID: {}},
			"not a number":    {all[0].ID: {float32(math.NaN())}},
			"infinite":        {all[0].ID: {float32(math.Inf(1))}},
			"lengths differ":  {all[0].ID: {1}, all[1].ID: {1, 2}},
			"one good in two": {all[0].ID: {1}, all[1].ID: {}},
		}
		for name, put := range bad {
			if err := vectors.PutVectors(t.Context(), "one", put); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if got := mustVectors(t, vectors, "one", codebase.Filter{}); len(got) != 0 {
			t.Errorf("refused calls left %d vectors", len(got))
		}
		mustPut(t, vectors, "one", map[string][]float32{all[0].ID: {1, 2, 3}})
		if err := vectors.PutVectors(t.Context(), "one", map[string][]float32{all[1].ID: {1, 2}}); err == nil {
			t.Error("a length other than the embedder's before: no error")
		}
	})
}

func testIndex(t *testing.T, open func(t *testing.T) codebase.Store) {
	store := open(t)
	index, ok := store.(codebase.IndexStore)
	if !ok {
		t.Skip("the store has no place for an index")
	}
	two := Example(lang.C, "int y;", 787, 125)
	all := sorted(append(Numbered(50), two, Example(lang.Python, "none"))...)
	all[7].CWEs = nil
	mustAdd(t, store, all...)
	t.Run("labels", func(t *testing.T) {
		place := 0
		for label, err := range index.Labels(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			want := codebase.Label{ID: all[place].ID, Language: all[place].Language, CWEs: all[place].CWEs, Title: all[place].Title, Fix: all[place].Fix}
			if diff := cmp.Diff(want, label); diff != "" {
				t.Errorf("label %d: want (-), got (+):\n%s", place, diff)
			}
			place++
		}
		if place != len(all) {
			t.Errorf("%d labels, want %d", place, len(all))
		}
	})
	t.Run("vectors of some", func(t *testing.T) {
		values := make(map[string][]float32)
		var ids []string
		var want []codebase.Vector
		for i, e := range all {
			values[e.ID] = []float32{float32(i)}
			if i%3 == 0 {
				ids = append(ids, e.ID)
				want = append(want, vector(e, float32(i)))
			}
		}
		delete(values, all[3].ID)
		want = slices.Delete(want, 1, 2)
		mustPut(t, index, "one", values)
		slices.Reverse(ids)
		got, err := index.VectorsOf(t.Context(), "one", append(ids, ids[0], ids[1][:8], "", "none"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
		for _, ids := range [][]string{nil, {all[3].ID}} {
			if got, err := index.VectorsOf(t.Context(), "one", ids); err != nil || len(got) != 0 {
				t.Errorf("%d vectors where none is, %v", len(got), err)
			}
		}
	})
	t.Run("a file for each embedder", func(t *testing.T) {
		one, two := index.IndexPath("one"), index.IndexPath("two")
		if one == "" || one == two || one != index.IndexPath("one") {
			t.Errorf("the files are %q and %q", one, two)
		}
	})
}

func vector(of codebase.Example, values ...float32) codebase.Vector {
	return codebase.Vector{ExampleID: of.ID, Values: values}
}

func mustPut(t *testing.T, store codebase.VectorStore, embedder string, vectors map[string][]float32) {
	t.Helper()
	if err := store.PutVectors(t.Context(), embedder, vectors); err != nil {
		t.Fatal(err)
	}
}

func mustVectors(t *testing.T, store codebase.VectorStore, embedder string, filter codebase.Filter) []codebase.Vector {
	t.Helper()
	var all []codebase.Vector
	for v, err := range store.Vectors(t.Context(), embedder, filter) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}
