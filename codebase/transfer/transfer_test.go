package transfer_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/codebase/transfer"
	"github.com/seccoder/seccoder/lang"
)

const examples = 450 // more than two batches

// mustFill puts a little of everything into a store.
func mustFill(t *testing.T, store codebase.MovableStore) {
	t.Helper()
	all := storetest.Numbered(examples)
	vectors := make(map[string][]float32)
	for i, e := range all {
		vectors[e.ID] = []float32{float32(i), 1}
	}
	held := codebase.Held{Example: storetest.Example(lang.C, "int held;"), Outcomes: []codebase.Outcome{{Check: "c", Version: "1", Answer: codebase.Rejects, Reason: "r"}}}
	refused := codebase.Held{Example: storetest.Example(lang.C, "int refused;")}
	_, err := store.Add(t.Context(), all...)
	err = errors.Join(err, store.PutVectors(t.Context(), "one", vectors), store.SetMeta(t.Context(), "fact", "value"), store.SetMeta(t.Context(), codebase.OwnFact+"x", "own"))
	delete(vectors, all[3].ID)
	_, held1 := store.Hold(t.Context(), "bringer", held, refused)
	err = errors.Join(err, store.PutVectors(t.Context(), "two", vectors), held1, store.Refuse(t.Context(), refused.Example.ID, "reviewer", "no"))
	if err != nil {
		t.Fatal(err)
	}
}

// content is all that a store keeps, for comparison.
type content struct {
	Examples []codebase.Example
	Vectors  map[string][]codebase.Vector
	Held     []codebase.Held
	Facts    map[string]string
}

func mustRead(t *testing.T, store codebase.MovableStore) content {
	t.Helper()
	c := content{Vectors: map[string][]codebase.Vector{}}
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		c.Examples = append(c.Examples, e)
	}
	embedders, err := store.Embedders(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, embedder := range embedders {
		for v, err := range store.Vectors(t.Context(), embedder, codebase.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			c.Vectors[embedder] = append(c.Vectors[embedder], v)
		}
	}
	for h, err := range store.AllHeld(t.Context(), codebase.HeldFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		c.Held = append(c.Held, h)
	}
	if c.Facts, err = store.Facts(t.Context()); err != nil {
		t.Fatal(err)
	}
	delete(c.Facts, codebase.OwnFact+"x")
	return c
}

func TestCopy(t *testing.T) {
	from, to := sqlitetest.New(t), sqlitetest.New(t)
	mustFill(t, from)
	moved, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
	want := transfer.Report{
		Examples: transfer.Count{Seen: examples, Moved: examples},
		Vectors:  map[string]transfer.Count{"one": {Seen: examples, Moved: examples}, "two": {Seen: examples - 1, Moved: examples - 1}},
		Held:     transfer.Count{Seen: 2, Moved: 2}, Facts: transfer.Count{Seen: 1, Moved: 1},
	}
	if diff := cmp.Diff(want, moved); err != nil || diff != "" {
		t.Errorf("error %v, want (-), got (+):\n%s", err, diff)
	}
	if diff := cmp.Diff(mustRead(t, from), mustRead(t, to)); diff != "" {
		t.Errorf("source (-), target (+):\n%s", diff)
	}
	if own, err := to.Meta(t.Context(), codebase.OwnFact+"x"); err != nil || own != "" {
		t.Errorf("the store's own fact went along: %q, %v", own, err)
	}

	// Again: nothing moves, and what the target has of its own stays.
	mine := storetest.Example(lang.C, "int mine;")
	if _, err := to.Add(t.Context(), mine); err != nil {
		t.Fatal(err)
	}
	moved, err = transfer.Copy(t.Context(), from, to, transfer.Options{})
	want = transfer.Report{
		Examples: transfer.Count{Seen: examples},
		Vectors:  map[string]transfer.Count{"one": {Seen: examples}, "two": {Seen: examples - 1}},
		Held:     transfer.Count{Seen: 2}, Facts: transfer.Count{Seen: 1},
	}
	if diff := cmp.Diff(want, moved); err != nil || diff != "" {
		t.Errorf("again: error %v, want (-), got (+):\n%s", err, diff)
	}
	if _, err := to.Get(t.Context(), mine.ID); err != nil {
		t.Error(err)
	}
}

// TestCopyStopped stops a transfer in its parts, and has another one finish it.
func TestCopyStopped(t *testing.T) {
	from := sqlitetest.New(t)
	mustFill(t, from)
	for _, stop := range []int{1, 5, 10} { // among the examples, among the vectors, before the facts
		t.Run(strconv.Itoa(stop), func(t *testing.T) {
			to := sqlitetest.New(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			step := 0
			part, err := transfer.Copy(ctx, from, to, transfer.Options{Progress: func(string, int) {
				if step++; step == stop {
					cancel()
				}
			}})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v, want context.Canceled", err)
			}
			rest, err := transfer.Copy(t.Context(), from, to, transfer.Options{})
			if err != nil || part.Examples.Moved+rest.Examples.Moved != examples {
				t.Errorf("moved %d, then %d examples; error %v", part.Examples.Moved, rest.Examples.Moved, err)
			}
			if diff := cmp.Diff(mustRead(t, from), mustRead(t, to)); diff != "" {
				t.Errorf("source (-), target (+):\n%s", diff)
			}
		})
	}
}

func TestMergedHistories(t *testing.T) {
	at := time.Date(2026, time.May, 6, 7, 8, 9, 0, time.UTC)
	event := func(minute int, by string, what codebase.HeldState) codebase.Event {
		return codebase.Event{At: at.Add(time.Duration(minute) * time.Minute), By: by, What: what}
	}
	held := func(events ...codebase.Event) codebase.Held {
		h := codebase.Held{History: events}
		if len(events) > 0 {
			h.State = events[len(events)-1].What
		}
		return h
	}
	waits, refused, released := event(0, "a", codebase.Waiting), event(1, "b", codebase.Refused), event(2, "c", codebase.Released)
	tests := map[string]struct {
		old, new, want codebase.Held
		served         bool
	}{
		"none before":      {held(), held(waits), held(waits), false},
		"the same":         {held(waits), held(waits), held(waits), false},
		"decided here":     {held(waits, refused), held(waits), held(waits, refused), false},
		"decided there":    {held(waits), held(waits, refused), held(waits, refused), false},
		"on both sides":    {held(waits, released), held(waits, refused), held(waits, refused, released), false},
		"served":           {held(), held(waits), held(), true},
		"served, released": {held(), held(waits, released), held(waits, released), true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, changed := test.new.Merged(test.old, test.served)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
			if want := !slices.Equal(test.want.History, test.old.History); changed != want {
				t.Errorf("changed %v, want %v", changed, want)
			}
		})
	}
}
