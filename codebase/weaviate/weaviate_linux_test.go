package weaviate_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/codebase/transfer"
	"github.com/seccoder/seccoder/codebase/weaviate"
	"github.com/seccoder/seccoder/codebase/weaviate/weaviatetest"
)

// open opens a codebase of its own in a cluster, empty, which goes with the test.
func open(t testing.TB, address string) *weaviate.Store {
	t.Helper()
	store := openNamed(t, ownCodebase(address))
	dropAfter(t, store)
	return store
}

// ownCodebase is the address of a codebase that no other test has.
func ownCodebase(cluster string) string {
	return cluster + "/test" + strconv.FormatUint(rand.Uint64(), 36)
}

func dropAfter(t testing.TB, store *weaviate.Store) {
	t.Cleanup(func() {
		if err := store.Drop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
}

// TestOneNode puts a store on one node to what every store must do, and then takes the
// node away.
func TestOneNode(t *testing.T) {
	cluster := weaviatetest.Start(t, 1)
	storetest.Run(t, func(t *testing.T) codebase.Store { return open(t, cluster.Address()) })
	t.Run("Nearest", func(t *testing.T) { storetest.Nearest(t, open(t, cluster.Address())) })
	t.Run("Form", func(t *testing.T) { testForm(t, cluster) })
	t.Run("Fallback", func(t *testing.T) { testFallback(t, cluster) })
}

// TestThreeNodes puts a store on three nodes to what every store must do, where reads are those of a
// majority, and the same with a copy beside it, which never answers.
func TestThreeNodes(t *testing.T) {
	cluster := weaviatetest.Start(t, 3)
	// Where three nodes share a core, each third of the time has to be enough for ten megabytes.
	own := func() string { return ownCodebase(cluster.Address()) + "?timeout=2m" }
	openOwn := func(t *testing.T) *weaviate.Store {
		store := openNamed(t, own())
		dropAfter(t, store)
		return store
	}
	storetest.Run(t, func(t *testing.T) codebase.Store { return openOwn(t) })
	t.Run("Nearest", func(t *testing.T) { storetest.Nearest(t, openOwn(t)) })
	t.Run("Copy", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) codebase.Store {
			text := own()
			dropAfter(t, openNamed(t, text))
			return mustStandBy(t, text)
		})
	})
}

// testForm looks at what only this store does.
func testForm(t *testing.T, cluster *weaviatetest.Cluster) {
	store := open(t, cluster.Address())
	if err := store.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if n := store.Replicas(); n != 1 {
		t.Errorf("%d replicas on one node", n)
	}
	before, err := store.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := storetest.Numbered(1200) // more than a page
	if added, err := store.Add(t.Context(), all...); err != nil || added != len(all) {
		t.Fatalf("added %d, %v", added, err)
	}
	if after, err := store.Revision(t.Context()); err != nil || after == before {
		t.Errorf("revision %d after %d, %v", after, before, err)
	}
	last, n := "", 0
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.ID <= last {
			t.Errorf("example %s after %s", e.ID, last)
		}
		last = e.ID
		n++
	}
	if n != len(all) {
		t.Errorf("%d examples, want %d", n, len(all))
	}
	if listed, queried, err := store.Listed(t.Context()); err != nil || listed != len(all) || queried != len(all) {
		t.Errorf("%d listed, %d by one replica, %v; want %d", listed, queried, err, len(all))
	}
	_, err = weaviate.Open(t.Context(), mustParse(t, cluster.Address()+"/other?replicas=3"), weaviate.Options{})
	if err == nil || !strings.Contains(err.Error(), "replicas=3") {
		t.Errorf("three replicas on one node: error %v", err)
	}
}

// testFallback takes the only node away. It leaves the cluster dead.
func testFallback(t *testing.T, cluster *weaviatetest.Cluster) {
	text := cluster.Address() + "/fallback?timeout=1s"
	plain := openNamed(t, text)
	e := storetest.Example("python", "served = 1")
	mustDo(t, func() error {
		_, err := plain.Add(t.Context(), e)
		return errors.Join(err, plain.PutVectors(t.Context(), "one", map[string][]float32{e.ID: {0, 1}}))
	})
	path := filepath.Join(t.TempDir(), "copy.db")
	local := sqlitetest.Open(t, path)
	mustDo(t, func() error {
		_, err := transfer.Copy(t.Context(), plain, local, transfer.Options{})
		return err
	})
	var notices []string
	with := mustFallBack(t, text, path, &notices)
	with.AskAgainAfter(time.Millisecond)
	later := storetest.Example("python", "served = 2")
	if n, err := with.Add(t.Context(), later); err != nil || n != 1 {
		t.Fatalf("Add while all is well = %d, %v", n, err)
	}
	if _, err := with.Get(t.Context(), later.ID); err != nil || len(notices) > 0 {
		t.Errorf("Get = %v, notices %q", err, notices)
	}

	cluster.Kill(0)
	begin := time.Now()
	_, err := plain.Get(t.Context(), e.ID)
	if took := time.Since(begin); !errors.Is(err, weaviate.ErrUnreachable) || took > 5*time.Second {
		t.Errorf("Get without a copy: %v, after %s", err, took)
	}
	with.AskAgainAfter(time.Hour)
	checkCopy(t, with, e)
	if len(notices) != 1 || !strings.Contains(notices[0], path) {
		t.Errorf("notices %q, want one that names the copy", notices)
	}
	notices = nil
	late := mustFallBack(t, text, path, &notices)
	checkCopy(t, late, e)
	if len(notices) != 1 {
		t.Errorf("notices %q of one that was opened without the cluster", notices)
	}

	cluster.Restart(0)
	for _, store := range []*weaviate.Fallback{with, late} {
		store.AskAgainAfter(0)
		if _, err := store.Get(t.Context(), later.ID); err != nil {
			t.Errorf("Get when the cluster is back: %v", err)
		}
		if err := store.Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// checkCopy checks that a copy with one example answers reads, and that no write gets through.
func checkCopy(t *testing.T, store *weaviate.Fallback, e codebase.Example) {
	t.Helper()
	got, err := store.Get(t.Context(), e.ID)
	if diff := cmp.Diff(e, got); err != nil || diff != "" {
		t.Errorf("Get: %v, want (-), got (+):\n%s", err, diff)
	}
	n := 0
	for _, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d examples, want 1", n)
	}
	near, err := store.Nearest(t.Context(), "one", []float32{0.6, 0.8}, codebase.Filter{Language: "python"}, 3)
	if err != nil || len(near) != 1 || near[0].ID != e.ID || near[0].Score < 0.79 || near[0].Score > 0.81 {
		t.Errorf("Nearest = %v, %v", near, err)
	}
	if count, err := store.Count(t.Context()); err != nil || count != 1 {
		t.Errorf("Count = %d, %v", count, err)
	}
	_, add := store.Add(t.Context(), storetest.Example("python", "never = 1"))
	_, remove := store.Remove(t.Context(), e.ID)
	for _, err := range []error{add, remove, store.SetMeta(t.Context(), "k", "v"), store.Check(t.Context())} {
		if !errors.Is(err, weaviate.ErrUnreachable) || !strings.Contains(err.Error(), "reading only") {
			t.Errorf("a write: error %v", err)
		}
	}
	if err := store.SetMeta(t.Context(), codebase.OwnFact+"x", "v"); err != nil {
		t.Errorf("a fact of the copy's own: %v", err)
	}
}
