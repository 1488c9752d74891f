package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
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

// What a codebase was measured with stays what it was, whoever looks at its file with the
// program; and where somebody changed it, that is said before anything is measured.
func TestDerivedStaysAsItIs(t *testing.T) {
	dir := t.TempDir()
	open := func() error {
		b := &evalBench{dir: dir}
		c, err := b.Codebase(t.Context(), eval.CodebaseSpec{Name: "starter", Size: 3})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Open(t.Context())
		return errors.Join(err, b.close())
	}
	if err := open(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "codebases", "*.db"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d codebases were made, %v", len(files), err)
	}
	// As "seccoder base list --store FILE" does.
	store, err := seccoder.Config{StorePath: files[0]}.OpenStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := open(); err != nil {
		t.Errorf("after a look at it: %v", err)
	}
	if _, err := store.Add(t.Context(), mustStarter(t)...); err != nil {
		t.Fatal(err)
	}
	if err := open(); !errors.Is(err, errChanged) {
		t.Errorf("with examples that it was not made of: %v", err)
	}
	if err := os.Remove(files[0]); err != nil { // the store's journal stays, as after a crash
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Errorf("after it was removed: %v", err)
	}
}

// Evaluations that begin together over one codebase make it once and all open it.
func TestDerivedAtOnce(t *testing.T) {
	dir := t.TempDir()
	var all errgroup.Group
	for range 4 {
		all.Go(func() error {
			b := &evalBench{dir: dir}
			c, err := b.Codebase(t.Context(), eval.CodebaseSpec{Name: "starter", Size: 3})
			if err != nil {
				return err
			}
			store, err := c.Open(t.Context())
			if err != nil {
				return err
			}
			ids, err := store.(codebase.MetaStore).Meta(t.Context(), "starter")
			if ids == "" {
				err = errors.Join(err, errors.New("the codebase does not know that it stays as it is"))
			}
			return errors.Join(err, b.close())
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
}
