package cli

import (
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
)

func mustStarter(t *testing.T) []codebase.Example {
	t.Helper()
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

// A smaller part of a codebase is the beginning of a larger one, so that an ablation of
// sizes adds examples and takes none away.
func TestDrawn(t *testing.T) {
	all := mustStarter(t)
	ids := func(size int, seed uint64) []string {
		var ids []string
		for _, e := range drawn(all, size, seed) {
			ids = append(ids, e.ID)
		}
		return ids
	}
	small, large := ids(10, 1), ids(40, 1)
	if !slices.Equal(small, large[:10]) {
		t.Error("10 examples are not the first of 40")
	}
	if slices.Equal(small, ids(10, 2)) {
		t.Error("another seed draws the same")
	}
	reversed := slices.Clone(all)
	slices.Reverse(reversed)
	if got := drawn(reversed, 10, 1); got[0].ID != small[0] {
		t.Error("the order of the examples matters")
	}
}

func TestExamplesDigest(t *testing.T) {
	all := mustStarter(t)
	reversed := slices.Clone(all)
	slices.Reverse(reversed)
	if examplesDigest(all) != examplesDigest(reversed) {
		t.Error("the digest depends on the order")
	}
	reversed[0].Title += "!"
	if examplesDigest(all) == examplesDigest(reversed) || examplesDigest(all) == examplesDigest(all[1:]) {
		t.Error("the digest overlooks a change")
	}
}
