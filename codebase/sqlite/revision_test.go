package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/lang"
)

func TestRevisionChangesWithEveryChange(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "codebase.db")
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	other, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	e := storetest.Example(lang.Python, "x = 1\n", 89)
	seen := map[int64]string{}
	look := func(after string) {
		t.Helper()
		n, err := store.Revision(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if earlier, again := seen[n]; again {
			t.Errorf("revision %d after %s is that after %s", n, after, earlier)
		}
		seen[n] = after
	}
	look("opening")
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"an add", func() error { _, err := store.Add(ctx, e); return err }},
		{"a remove by another connection", func() error { _, err := other.Remove(ctx, e.ID); return err }},
		{"the same add again", func() error { _, err := other.Add(ctx, e); return err }},
	} {
		if err := step.run(); err != nil {
			t.Fatal(err)
		}
		look(step.name)
	}
	before, _ := store.Revision(ctx)
	if _, err := store.Add(ctx, e); err != nil {
		t.Fatal(err)
	}
	if after, _ := store.Revision(ctx); after != before {
		t.Errorf("adding what is there already changed the revision from %d to %d", before, after)
	}
}
