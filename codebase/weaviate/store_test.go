package weaviate_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/codebase/weaviate"
)

// TestStore puts the store to what every store must do, over a fake server with one replica and
// with three, and with a copy beside it.
func TestStore(t *testing.T) {
	for _, nodes := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d nodes", nodes), func(t *testing.T) {
			f := func(t *testing.T) *weaviate.Store { return openNamed(t, startFake(t, nodes).address()) }
			storetest.Run(t, func(t *testing.T) codebase.Store { return f(t) })
			t.Run("Nearest", func(t *testing.T) { storetest.Nearest(t, f(t)) })
		})
	}
	t.Run("with a copy", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) codebase.Store { return mustStandBy(t, startFake(t, 3).address()) })
	})
}

// mustStandBy opens a store with a copy that has nothing to do.
func mustStandBy(t *testing.T, text string) *weaviate.Fallback {
	var notices []string
	store := mustFallBack(t, text, filepath.Join(t.TempDir(), "copy.db"), &notices)
	t.Cleanup(func() {
		if len(notices) > 0 {
			t.Errorf("the copy answered: %q", notices)
		}
	})
	return store
}

// TestAddFails has another process add the same examples between an Add's look for them and its
// end, which fails: what was acknowledged to the other one stays. What an Add did not come to,
// the same one does the next time.
func TestAddFails(t *testing.T) {
	all := storetest.Numbered(500) // more than two batches
	tests := map[string]struct {
		kind, class string
		turn        int // of the requests of that kind
	}{
		"in the second batch": {"write", "_Examples", 2},
		"in the quarantine":   {"list", "_Held", 1},
		"at the revision":     {"write", "_Facts", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := startFake(t, 3)
			store, other := openNamed(t, f.address()), openNamed(t, f.address())
			held := all[len(all)-1]
			if _, err := other.Hold(t.Context(), "tester", codebase.Held{Example: held}); err != nil {
				t.Fatal(err)
			}
			turn, between := 0, int64(0)
			f.interrupt(func(kind, class string) string {
				if kind != test.kind || !strings.HasSuffix(class, test.class) {
					return ""
				}
				if turn++; turn < test.turn {
					return ""
				}
				f.interrupt(nil)
				if _, err := other.Add(t.Context(), all[:300]...); err != nil {
					t.Error(err)
				}
				between = mustRevision(t, other)
				return "it cannot be done"
			})
			if n, err := store.Add(t.Context(), all...); err == nil || n != 0 {
				t.Fatalf("Add = %d, %v, want an error", n, err)
			}
			for _, e := range all[:300] {
				if _, err := other.Get(t.Context(), e.ID); err != nil {
					t.Fatalf("an example that was acknowledged to another process is gone: %v", err)
				}
			}
			failed := mustRevision(t, store)
			if failed == between && test.class != "_Facts" {
				t.Error("a part was written, and the revision is as before")
			}
			if _, err := store.Add(t.Context(), all...); err != nil {
				t.Fatal(err)
			}
			if n, err := store.Count(t.Context()); err != nil || n != len(all) {
				t.Errorf("%d examples, %v; want %d", n, err, len(all))
			}
			if h, err := store.GetHeld(t.Context(), held.ID); err != nil || h.State != codebase.Released {
				t.Errorf("what is served is %s in quarantine, %v", h.State, err)
			}
			if mustRevision(t, store) == failed {
				t.Error("the second Add drew no revision")
			}
		})
	}
}

// TestRevisionTriedTwice has a node give no answer to the first of two tries to draw a revision. If it
// carries that out late, it brings back no number that was the store's.
func TestRevisionTriedTwice(t *testing.T) {
	f := startFake(t, 3)
	store := openNamed(t, f.address())
	f.interrupt(func(kind, class string) string {
		if kind != "write" || !strings.HasSuffix(class, "_Facts") {
			return ""
		}
		f.interrupt(nil)
		return "leader not found"
	})
	if _, err := store.Add(t.Context(), storetest.Example("python", "x = 1")); err != nil {
		t.Fatal(err)
	}
	var drawn []any
	for _, o := range f.tried {
		if o.Properties["key"] == "revision of the examples" {
			drawn = append(drawn, o.Properties["value"])
		}
	}
	if len(drawn) != 2 || drawn[0] == drawn[1] {
		t.Errorf("the revisions drawn are %v, want two that differ", drawn)
	}
}

// TestFallbackFirstToNotice takes the cluster away before one method each, which is the first to
// see it: the copy answers.
func TestFallbackFirstToNotice(t *testing.T) {
	e := storetest.Example("python", "served = 1")
	vectors := map[string][]float32{e.ID: {0, 1}}
	methods := map[string]func(store *weaviate.Fallback) error{
		"PutVectors": func(store *weaviate.Fallback) error { return store.PutVectors(t.Context(), "one", vectors) },
		"Nearest": func(store *weaviate.Fallback) error {
			near, err := store.Nearest(t.Context(), "one", vectors[e.ID], codebase.Filter{}, 1)
			if err == nil && len(near) != 1 {
				err = fmt.Errorf("%d found", len(near))
			}
			return err
		},
	}
	for name, call := range methods {
		t.Run(name, func(t *testing.T) {
			f := startFake(t, 1)
			path := filepath.Join(t.TempDir(), "copy.db")
			local := sqlitetest.Open(t, path)
			var notices []string
			store := mustFallBack(t, f.address(), path, &notices)
			for _, s := range []codebase.MovableStore{store, local} {
				mustDo(t, func() error {
					_, err := s.Add(t.Context(), e)
					return errors.Join(err, s.PutVectors(t.Context(), "one", vectors))
				})
			}
			f.hang()
			store.WaitFor(100 * time.Millisecond)
			if err := call(store); err != nil {
				t.Error(err)
			}
			if len(notices) != 1 {
				t.Errorf("notices %q", notices)
			}
		})
	}
}

// TestWithoutVector counts the lists that are read to find which examples have no vector: none while
// it is known that all have one, by whichever process.
func TestWithoutVector(t *testing.T) {
	f := startFake(t, 3)
	store := openNamed(t, f.address())
	all := storetest.Numbered(40)
	mustMiss := func(t *testing.T, store *weaviate.Store, missing []codebase.Example, lists bool) {
		t.Helper()
		f.count("list")
		ids, err := store.WithoutVector(t.Context(), "one")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, e := range missing {
			want = append(want, e.ID)
		}
		slices.Sort(want)
		if !slices.Equal(ids, want) {
			t.Errorf("%d examples without a vector, want %d", len(ids), len(want))
		}
		if n := f.count("list"); n > 0 != lists {
			t.Errorf("%d lists were read", n)
		}
	}
	put := func(t *testing.T, examples []codebase.Example) {
		t.Helper()
		for some := range slices.Chunk(examples, 16) {
			vectors := make(map[string][]float32)
			for _, e := range some {
				vectors[e.ID] = []float32{1, 2}
			}
			mustDo(t, func() error { return store.PutVectors(t.Context(), "one", vectors) })
		}
	}
	add := func(t *testing.T, examples ...codebase.Example) {
		t.Helper()
		mustDo(t, func() error {
			_, err := openNamed(t, f.address()).Add(t.Context(), examples...)
			return err
		})
	}
	add(t, all[:20]...)
	mustMiss(t, store, all[:20], true)
	put(t, all[:18])
	mustMiss(t, store, all[18:20], true)
	put(t, all[18:20])
	mustMiss(t, store, nil, false)
	mustMiss(t, openNamed(t, f.address()), nil, false)

	add(t, all[20:30]...)
	mustMiss(t, store, all[20:30], true)
	// Another process adds more before the vectors of these are there.
	add(t, all[30:]...)
	put(t, all[20:30])
	mustMiss(t, store, all[30:], true)
	put(t, all[30:])
	mustMiss(t, store, nil, false)

	// Another adds, between the two lists.
	mustDo(t, func() error {
		_, err := store.Remove(t.Context(), all[0].ID)
		return err
	})
	f.interrupt(func(kind, class string) string {
		if kind == "list" && strings.HasSuffix(class, "_Examples") {
			f.interrupt(nil)
			add(t, storetest.Example("c", "int late;"))
		}
		return ""
	})
	late := []codebase.Example{storetest.Example("c", "int late;")}
	mustMiss(t, store, late, true)
	put(t, late)
	mustMiss(t, store, nil, true)
	mustMiss(t, store, nil, false)

	// What was noted long ago is looked at again.
	key := codebase.OwnFact + "complete one"
	noted, err := store.Meta(t.Context(), key)
	revision, _, _ := strings.Cut(noted, " ")
	if err != nil || revision == "" {
		t.Fatalf("noted is %q, %v", noted, err)
	}
	mustDo(t, func() error {
		return store.SetMeta(t.Context(), key, revision+" "+time.Now().Add(-25*time.Hour).UTC().Format(time.RFC3339))
	})
	mustMiss(t, store, nil, true)
}

func mustRevision(t *testing.T, store *weaviate.Store) int64 {
	t.Helper()
	n, err := store.Revision(t.Context())
	if err != nil {
		t.Error(err)
	}
	return n
}

// TestSyncStarterTogether stops one of two processes that bring the starter examples into a new
// cluster: those of the other stay.
func TestSyncStarterTogether(t *testing.T) {
	wanted, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	f := startFake(t, 3)
	store, other := openNamed(t, f.address()), openNamed(t, f.address())
	ctx, stop := context.WithCancel(t.Context())
	batches := 0
	f.interrupt(func(kind, class string) string {
		if kind != "write" || !strings.HasSuffix(class, "_Examples") {
			return ""
		}
		if batches++; batches == 2 {
			f.interrupt(nil)
			if _, _, err := codebase.SyncStarter(t.Context(), other); err != nil {
				t.Error(err)
			}
			stop()
		}
		return ""
	})
	if _, _, err := codebase.SyncStarter(ctx, store); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if n, err := other.Count(t.Context()); err != nil || n != len(wanted) {
		t.Errorf("%d starter examples, %v; want %d", n, err, len(wanted))
	}
}

// TestAddWhatWasRemoved adds examples again that were removed while a replica was away, which
// still lists them: they are written, for they go from that one, too, when it catches up.
func TestAddWhatWasRemoved(t *testing.T) {
	f := startFake(t, 3)
	store := openNamed(t, f.address())
	all := storetest.Numbered(20)
	if _, err := store.Add(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	uuid := weaviate.UUID(all[3].ID)
	f.ghosts[uuid] = f.objects[store.ClassOfExamples()][uuid]
	f.mu.Unlock()
	if n, err := store.Remove(t.Context(), all[3].ID); err != nil || n != 1 {
		t.Fatalf("Remove = %d, %v", n, err)
	}
	if n, err := store.Add(t.Context(), all...); err != nil || n != 1 {
		t.Errorf("Add = %d, %v, want 1", n, err)
	}
	if _, err := store.Get(t.Context(), all[3].ID); err != nil {
		t.Error(err)
	}
}

// TestAcceptFails has what accepting writes fail, one request after the other: the example can be
// accepted afterwards each time.
func TestAcceptFails(t *testing.T) {
	for fails := 1; ; fails++ {
		f := startFake(t, 3)
		store := openNamed(t, f.address())
		e := storetest.Example("python", "held = 1")
		if _, err := store.Hold(t.Context(), "tester", codebase.Held{Example: e}); err != nil {
			t.Fatal(err)
		}
		writes := 0
		f.interrupt(func(kind, _ string) string {
			if kind != "write" {
				return ""
			}
			if writes++; writes >= fails { // and all that come after it, as when the process ends
				return "it cannot be done"
			}
			return ""
		})
		_, err := store.Accept(t.Context(), e.ID, "reviewer", "good")
		f.interrupt(nil)
		if err == nil {
			if fails != 4 {
				t.Errorf("accepting wrote %d times", fails-1)
			}
			return
		}
		if _, err := store.Accept(t.Context(), e.ID, "reviewer", "good"); err != nil {
			t.Fatalf("after write %d failed: %v", fails, err)
		}
		if _, err := store.Get(t.Context(), e.ID); err != nil {
			t.Errorf("after write %d failed: %v", fails, err)
		}
		if h, err := store.GetHeld(t.Context(), e.ID); err != nil || h.State != codebase.Released {
			t.Errorf("after write %d failed it is %s, %v", fails, h.State, err)
		}
	}
}
