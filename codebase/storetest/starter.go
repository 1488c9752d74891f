package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func testMeta(t *testing.T, open func(t *testing.T) codebase.Store) {
	meta, ok := open(t).(codebase.MetaStore)
	if !ok {
		t.Skip("the store keeps no facts about itself")
	}
	for _, value := range []string{"", "first", "second\n'\"", ""} {
		if err := meta.SetMeta(t.Context(), "key", value); err != nil {
			t.Fatal(err)
		}
		if err := meta.SetMeta(t.Context(), "other", "x"); err != nil {
			t.Fatal(err)
		}
		if got, err := meta.Meta(t.Context(), "key"); err != nil || got != value {
			t.Errorf("Meta = %q, %v; want %q", got, err, value)
		}
	}
}

func testSyncStarter(t *testing.T, open func(t *testing.T) codebase.Store) {
	wanted, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	starters := codebase.Filter{SourceKind: codebase.KindStarter}
	sync := func(t *testing.T, store codebase.Store, wantAdded, wantRemoved int) {
		t.Helper()
		added, removed, err := codebase.SyncStarter(t.Context(), store)
		if err != nil || added != wantAdded || removed != wantRemoved {
			t.Errorf("SyncStarter = %d, %d, %v; want %d, %d", added, removed, err, wantAdded, wantRemoved)
		}
	}
	t.Run("of an empty store", func(t *testing.T) {
		store := open(t)
		sync(t, store, len(wanted), 0)
		sync(t, store, 0, 0)
		if diff := cmp.Diff(sorted(wanted...), mustList(t, store, starters)); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("leaves out what a user removed", func(t *testing.T) {
		store := open(t)
		if _, remembers := store.(codebase.MetaStore); !remembers {
			t.Skip("the store keeps no facts about itself")
		}
		sync(t, store, len(wanted), 0)
		if _, err := store.Remove(t.Context(), wanted[0].ID); err != nil {
			t.Fatal(err)
		}
		sync(t, store, 0, 0)
	})
	t.Run("leaves alone what is to stay", func(t *testing.T) {
		store := open(t)
		meta, remembers := store.(codebase.MetaStore)
		if !remembers {
			t.Skip("the store keeps no facts about itself")
		}
		mustAdd(t, store, wanted[0])
		if err := codebase.KeepStarter(t.Context(), meta); err != nil {
			t.Fatal(err)
		}
		sync(t, store, 0, 0)
		if got := mustList(t, store, starters); len(got) != 1 {
			t.Errorf("the store has %d starter examples, want the one that it had", len(got))
		}
	})
	t.Run("of an older program's", func(t *testing.T) {
		store := open(t)
		gone := Example(lang.Python, "gone = 1\n")
		gone.Source.Kind = codebase.KindStarter
		changed := wanted[0]
		changed.Title = "an older title"
		user := Example(lang.Python, "mine = 1\n")
		imported := wanted[1]
		imported.Source.Kind = "file"
		mustAdd(t, store, gone, changed, user, imported)
		sync(t, store, len(wanted)-1, 2)
		sync(t, store, 0, 0)
		if got := mustList(t, store, starters); len(got) != len(wanted)-1 {
			t.Errorf("%d starter examples, want %d", len(got), len(wanted)-1)
		}
		for _, want := range []codebase.Example{user, imported, wanted[0]} {
			got, err := store.Get(t.Context(), want.ID)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("error %v, want (-), got (+):\n%s", err, diff)
			}
		}
	})
}
