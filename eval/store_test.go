package eval_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/eval"
)

func TestOpenStoreErrors(t *testing.T) {
	tests := map[string]struct {
		make func(t *testing.T, path string)
		want string
	}{
		"damaged": {func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 1000), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "the file is damaged: move it away"},
		"newer": {func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
				t.Fatal(err)
			}
		}, "a newer version of seccoder wrote it"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			test.make(t, filepath.Join(dir, "results.db"))
			store, err := eval.OpenStore(t.Context(), dir)
			if err == nil {
				_ = store.Close()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), filepath.Join(dir, "results.db")) {
				t.Errorf("error %v, want one with %q and the path", err, test.want)
			}
		})
	}
}

// Ids are found by their beginnings, and several runs by none.
func TestRunIDs(t *testing.T) {
	bench, store := newBench(t, "secure"), mustOpenStore(t, t.TempDir())
	first := mustRunPlan(t, store, bench, mustPlan(t)).Run.ID
	second := mustRunPlan(t, store, bench, mustPlan(t, func(p *eval.Plan) { p.N = 5 })).Run.ID
	if first == second {
		t.Fatal("two plans have one id")
	}
	for id, want := range map[string]string{first: first, second[:8]: second, "last": second} {
		if got, err := store.Run(t.Context(), id); err != nil || got.ID != want || !got.Complete() {
			t.Errorf("run %q: %+v, %v; want %s", id, got, err, want)
		}
	}
	longer := mustRunPlan(t, store, bench, mustPlan(t, func(p *eval.Plan) { p.Name = "runs-all" })).Run.ID
	shorter := mustRunPlan(t, store, bench, mustPlan(t, func(p *eval.Plan) { p.Name = "runs" })).Run.ID
	for id, want := range map[string]string{"runs": shorter, "runs-all": longer, "runs-a": longer} {
		if got, err := store.Run(t.Context(), id); err != nil || got.ID != want {
			t.Errorf("run %q: %+v, %v; want %s", id, got, err, want)
		}
	}
	if _, err := store.Run(t.Context(), "run-"); !errors.Is(err, eval.ErrNoRun) || !strings.Contains(err.Error(), "2 runs have an id that begins so") ||
		!strings.HasSuffix(err.Error(), ": give more of it") {
		t.Errorf("an ambiguous beginning: %v", err)
	}
	if err := store.Remove(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Run(t.Context(), first); err == nil {
		t.Error("a removed run is there")
	}
}

// Runs are in the order of their beginnings, within a second too.
func TestRunsInOrder(t *testing.T) {
	bench, dir := newBench(t, "secure"), t.TempDir()
	store := mustOpenStore(t, dir)
	db, err := sql.Open("sqlite", filepath.Join(dir, "results.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var want, got []string
	for i, started := range []string{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.12Z", "2026-01-02T03:04:05.123456789Z"} {
		id := mustRunPlan(t, store, bench, mustPlan(t, func(p *eval.Plan) { p.N = 1 + i })).Run.ID
		if _, err := db.Exec("UPDATE run SET started = ? WHERE id = ?", started, id); err != nil {
			t.Fatal(err)
		}
		want = append(want, id)
	}
	runs, err := store.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		got = append(got, r.ID)
	}
	if last, err := store.Run(t.Context(), "last"); err != nil || last.ID != want[3] || !slices.Equal(got, want) {
		t.Errorf("runs %q, the last %s, %v; want %q", got, last.ID, err, want)
	}
}

// Whoever only looks writes nothing, so it need not wait for one that writes, nor needs space.
func TestOpenWritesNothing(t *testing.T) {
	dir := t.TempDir()
	mustRunPlan(t, mustOpenStore(t, dir), newBench(t, "secure"), mustPlan(t))
	db, err := sql.Open("sqlite", filepath.Join(dir, "results.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	writing, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writing.Rollback() }()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	store, err := eval.OpenStore(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if runs, err := store.Runs(ctx); err != nil || len(runs) != 1 {
		t.Errorf("runs %+v, %v; want one", runs, err)
	}
}

// What others made can be looked at where nothing can be written, such as a read-only folder.
func TestOpenUnwritable(t *testing.T) {
	dir := t.TempDir()
	store := mustOpenStore(t, dir)
	want := mustRunPlan(t, store, newBench(t, "secure"), mustPlan(t))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	// In its place SQLite cannot make the file that it shares the store through.
	if err := os.Mkdir(filepath.Join(dir, "results.db-shm"), 0o755); err != nil {
		t.Fatal(err)
	}
	store = mustOpenStore(t, dir)
	results, err := (&eval.Runner{Store: store, Bench: newBench(t)}).Results(t.Context(), "last")
	if err != nil || results.Run.Done != want.Run.Done {
		t.Errorf("results %+v, %v; want those of the run", results, err)
	}
	_, err = (&eval.Runner{Store: store, Bench: newBench(t, "secure")}).Run(t.Context(), mustPlan(t, func(p *eval.Plan) { p.N = 5 }), eval.RunOptions{})
	if err == nil || !strings.Contains(err.Error(), "the folder is read-only, or there is no space left") {
		t.Errorf("a run there: %v", err)
	}
}
