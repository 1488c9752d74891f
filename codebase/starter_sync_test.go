package codebase_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/lang"
)

// A release is a version of the program: the time of its starter examples, and these.
type release struct {
	at       time.Time
	examples []codebase.Example
}

// madeRelease has examples that all releases have, with titles of its own, and those of the names.
func madeRelease(number int, names ...string) release {
	r := release{at: time.Date(2026, time.January, number, 0, 0, 0, 0, time.UTC)}
	for i := range 8 {
		names = append(names, fmt.Sprintf("shared%d", i))
	}
	for _, name := range names {
		e := storetest.Example(lang.Python, name+" = 1\n")
		e.Title, e.Source.Kind, e.AdmittedAt, e.AdmittedBy = fmt.Sprintf("%s of release %d", name, number), codebase.KindStarter, r.at, "seccoder"
		r.examples = append(r.examples, e)
	}
	slices.SortFunc(r.examples, func(a, b codebase.Example) int { return strings.Compare(a.ID, b.ID) })
	return r
}

func (r release) sync(ctx context.Context, store codebase.Store) error {
	_, _, err := codebase.SyncStarterOf(ctx, store, r.at, r.examples)
	return err
}

var (
	oldest = madeRelease(1, "first", "back")
	older  = madeRelease(2, "second")
	newer  = madeRelease(3, "third", "back") // it has one again that the older one had not
	newest = madeRelease(4, "fourth")
)

// A steppedStore calls step before and after whatever SyncStarter does with it.
type steppedStore struct {
	*sqlite.Store
	step func(name string) error
}

func stepped[T any](s steppedStore, name string, do func() (T, error)) (value T, err error) {
	if err := s.step("before " + name); err != nil {
		return value, err
	}
	if value, err = do(); err == nil {
		err = s.step("after " + name)
	}
	return value, err
}

func (s steppedStore) Meta(ctx context.Context, key string) (string, error) {
	return stepped(s, "looking", func() (string, error) { return s.Store.Meta(ctx, key) })
}

func (s steppedStore) SetMeta(ctx context.Context, key, value string) error {
	_, err := stepped(s, "noting", func() (int, error) { return 0, s.Store.SetMeta(ctx, key, value) })
	return err
}

func (s steppedStore) Add(ctx context.Context, examples ...codebase.Example) (int, error) {
	return stepped(s, "adding", func() (int, error) { return s.Store.Add(ctx, examples...) })
}

func (s steppedStore) Remove(ctx context.Context, ids ...string) (int, error) {
	return stepped(s, "removing", func() (int, error) { return s.Store.Remove(ctx, ids...) })
}

func (s steppedStore) Replace(ctx context.Context, where func(codebase.Example) bool, examples ...codebase.Example) (int, error) {
	return stepped(s, "replacing", func() (int, error) { return s.Store.Replace(ctx, where, examples...) })
}

func (s steppedStore) RemoveWhere(ctx context.Context, where func(codebase.Example) bool, ids ...string) (int, error) {
	return stepped(s, "removing", func() (int, error) { return s.Store.RemoveWhere(ctx, where, ids...) })
}

// mustSynced makes a store with the starter examples of a release.
func mustSynced(t *testing.T, r release) *sqlite.Store {
	t.Helper()
	store := sqlitetest.New(t)
	if err := r.sync(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	return store
}

// mustHave fails unless all the examples are in the store, in their form.
func mustHave(t *testing.T, store *sqlite.Store, examples []codebase.Example) {
	t.Helper()
	for _, want := range examples {
		if got, err := store.Get(t.Context(), want.ID); err != nil || got.Title != want.Title {
			t.Errorf("%q: there is %q, %v", want.Title, got.Title, err)
		}
	}
}

// mustEqual fails unless the examples are all that the store has.
func mustEqual(t *testing.T, store codebase.Store, examples []codebase.Example) {
	t.Helper()
	var got []codebase.Example
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e)
	}
	if diff := cmp.Diff(examples, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// lacks counts the examples that all releases have and the store has not.
func lacks(t *testing.T, store *sqlite.Store) int {
	t.Helper()
	var ids []string
	for _, e := range newest.examples {
		if e.Title != "fourth of release 4" {
			ids = append(ids, e.ID)
		}
	}
	have, err := store.KnownIDs(t.Context(), ids)
	if err != nil {
		t.Error(err)
	}
	return len(ids) - len(have)
}

// TestSyncStarterStopped stops a sync before and after each of its steps: no example that both
// programs have is ever away, and the next sync finishes it.
func TestSyncStarterStopped(t *testing.T) {
	errStop := errors.New("stopped")
	for stops := 1; ; stops++ {
		store := mustSynced(t, oldest)
		steps, at := 0, ""
		err := newer.sync(t.Context(), steppedStore{store, func(name string) error {
			if n := lacks(t, store); n > 0 {
				t.Errorf("%s: %d examples are missing", name, n)
			}
			if steps++; steps == stops {
				at = name
				return errStop
			}
			return nil
		}})
		if err == nil {
			if stops < 10 {
				t.Errorf("a sync has %d steps", stops-1)
			}
			return
		}
		if !errors.Is(err, errStop) {
			t.Fatal(err)
		}
		if n := lacks(t, store); n > 0 {
			t.Errorf("stopped %s: %d examples are missing", at, n)
		}
		if err := newer.sync(t.Context(), store); err != nil {
			t.Errorf("stopped %s: %v", at, err)
		}
		mustEqual(t, store, newer.examples)
	}
}

// TestSyncStarterOvertaken has an older program's sync overtaken by a newer one's, before and
// after each of its steps.
func TestSyncStarterOvertaken(t *testing.T) {
	for overtaken := 1; ; overtaken++ {
		store := mustSynced(t, oldest)
		steps := 0
		err := older.sync(t.Context(), steppedStore{store, func(name string) error {
			if steps++; steps == overtaken {
				if err := newer.sync(t.Context(), store); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if steps < overtaken {
			break
		}
		mustHave(t, store, newer.examples)
		if err := newer.sync(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		mustEqual(t, store, newer.examples)
	}
	// An older program leaves a newer one's examples alone.
	store := mustSynced(t, newer)
	if err := older.sync(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	mustEqual(t, store, newer.examples)
}

// TestSyncStarterOvertakenByOlder has a newer program's sync overtaken by an older one's, which knows
// nothing of an example that both the newer and the oldest have.
func TestSyncStarterOvertakenByOlder(t *testing.T) {
	for overtaken := 1; ; overtaken++ {
		store := mustSynced(t, oldest)
		steps, at := 0, ""
		err := newer.sync(t.Context(), steppedStore{store, func(name string) error {
			if steps++; steps == overtaken {
				at = name
				return older.sync(t.Context(), store)
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if steps < overtaken {
			return
		}
		t.Logf("overtaken %s", at)
		mustHave(t, store, newer.examples)
	}
}

// TestSyncStarterAtOnce has processes of several versions open a store at once.
func TestSyncStarterAtOnce(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "codebase.db")
		watched := sqlitetest.Open(t, path)
		if err := oldest.sync(t.Context(), watched); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		var group, watch sync.WaitGroup
		for _, r := range []release{older, newer, older, newer, newer} {
			store := steppedStore{sqlitetest.Open(t, path), func(string) error {
				time.Sleep(rand.N(2 * time.Millisecond))
				return nil
			}}
			group.Go(func() {
				if err := r.sync(t.Context(), store); err != nil {
					t.Error(err)
				}
			})
		}
		watch.Go(func() {
			for {
				if n := lacks(t, watched); n > 0 {
					t.Errorf("%d examples are missing in between", n)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
		group.Wait()
		close(done)
		watch.Wait()
		mustHave(t, watched, newer.examples)
		if err := newest.sync(t.Context(), watched); err != nil {
			t.Fatal(err)
		}
		mustEqual(t, watched, newest.examples)
	}
}

// plainStore is a store that can do nothing but what every store can.
type plainStore struct{ codebase.Store }

func TestSyncStarterPlain(t *testing.T) {
	store := mustSynced(t, oldest)
	if err := newer.sync(t.Context(), plainStore{store}); err != nil {
		t.Fatal(err)
	}
	mustEqual(t, store, newer.examples)
}
