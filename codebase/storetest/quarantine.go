package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// outcomes are what some checks said of a held example.
var outcomes = []codebase.Outcome{
	{Check: "valid", Version: "1", Answer: codebase.Accepts},
	{Check: "secrets", Version: "2", Answer: codebase.Rejects, Reason: "line 1 holds 'a \"key\"'"},
}

func testQuarantine(t *testing.T, open func(t *testing.T) codebase.Store) {
	with := func(t *testing.T) (codebase.Store, codebase.Quarantine) {
		store := open(t)
		quarantine, ok := store.(codebase.Quarantine)
		if !ok {
			t.Skip("the store has no quarantine")
		}
		return store, quarantine
	}
	e := Example(lang.Python, "x = '\u202e \x1b[31m <&>'\r\n", 89, 79)
	hold := func(t *testing.T, q codebase.Quarantine, want int, examples ...codebase.Example) {
		t.Helper()
		var held []codebase.Held
		for _, e := range examples {
			held = append(held, codebase.Held{Example: e, Outcomes: outcomes})
		}
		if added, err := q.Hold(t.Context(), "bringer", held...); err != nil || added != want {
			t.Fatalf("Hold = %d, %v; want %d", added, err, want)
		}
	}
	t.Run("gives back what was held", func(t *testing.T) {
		store, q := with(t)
		hold(t, q, 1, e)
		got, err := q.GetHeld(t.Context(), e.ID[:12])
		if err != nil {
			t.Fatal(err)
		}
		want := codebase.Held{Example: e, Outcomes: outcomes, State: codebase.Waiting, History: []codebase.Event{{By: "bringer", What: codebase.Waiting}}}
		if diff := cmp.Diff(want, got, ignoreTime); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
		if age := time.Since(got.History[0].At); age < -time.Minute || age > time.Minute {
			t.Errorf("it was held at %v", got.History[0].At)
		}
		if diff := cmp.Diff([]string{"secrets: " + outcomes[1].Reason}, got.Reasons()); diff != "" {
			t.Errorf("reasons: want (-), got (+):\n%s", diff)
		}
		mustNotServe(t, store, e)
	})
	t.Run("holding again", func(t *testing.T) {
		_, q := with(t)
		hold(t, q, 1, e)
		hold(t, q, 0, e)
		if got := mustHeld(t, q, e.ID); len(got.History) != 1 {
			t.Errorf("history %v", got.History)
		}
	})
	t.Run("all or none", func(t *testing.T) {
		_, q := with(t)
		bad := Example(lang.C, "int x;\n")
		bad.ID = e.ID
		if _, err := q.Hold(t.Context(), "bringer", codebase.Held{Example: e}, codebase.Held{Example: bad}); err == nil {
			t.Error("an example with another's id: no error")
		}
		if n := len(mustAllHeld(t, q, "")); n != 0 {
			t.Errorf("%d are held", n)
		}
	})
	t.Run("accept", func(t *testing.T) {
		store, q := with(t)
		hold(t, q, 1, e)
		accepted, err := q.Accept(t.Context(), e.ID, "reviewer", "it's a test")
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Get(t.Context(), e.ID)
		if diff := cmp.Diff(accepted, got); err != nil || diff != "" {
			t.Errorf("error %v, accepted (-), in the store (+):\n%s", err, diff)
		}
		if got.AdmittedBy != "reviewer" || !slices.Contains(got.CheckedBy, outcomes[1].String()) ||
			!slices.Contains(got.CheckedBy, "review by reviewer accepts: it's a test") {
			t.Errorf("admitted by %q, checked by %q", got.AdmittedBy, got.CheckedBy)
		}
		if held := mustHeld(t, q, e.ID); held.State != codebase.Released || len(held.History) != 2 || held.History[1].Note != "it's a test" {
			t.Errorf("afterwards: %s, %v", held.State, held.History)
		}
		if _, err := q.Accept(t.Context(), e.ID, "reviewer", "again"); !errors.Is(err, codebase.ErrDecided) {
			t.Errorf("again: error %v, want ErrDecided", err)
		}
		hold(t, q, 0, e) // it is served: nothing to hold
		mustRemove(t, store, e)
		hold(t, q, 1, e) // it is not any more
	})
	t.Run("refuse", func(t *testing.T) {
		store, q := with(t)
		hold(t, q, 1, e)
		if err := q.Refuse(t.Context(), e.ID, "reviewer", "no"); err != nil {
			t.Fatal(err)
		}
		hold(t, q, 0, e)
		if held := mustHeld(t, q, e.ID); held.State != codebase.Refused || len(held.History) != 2 {
			t.Errorf("afterwards: %s, %v", held.State, held.History)
		}
		if err := q.Refuse(t.Context(), e.ID, "reviewer", "no"); !errors.Is(err, codebase.ErrDecided) {
			t.Errorf("again: error %v, want ErrDecided", err)
		}
		mustNotServe(t, store, e)
		if _, err := q.Accept(t.Context(), e.ID, "chief", "yes"); err != nil {
			t.Errorf("accept what was refused: %v", err)
		}
	})
	t.Run("a later admission", func(t *testing.T) {
		store, q := with(t)
		hold(t, q, 1, e)
		mustAdd(t, store, e)
		held := mustHeld(t, q, e.ID)
		if held.State != codebase.Released || len(held.History) != 2 || held.History[1].By != e.AdmittedBy || !held.History[1].At.Equal(e.AdmittedAt) {
			t.Errorf("afterwards: %s, %v", held.State, held.History)
		}
	})
	t.Run("decisions need a name and a reason", func(t *testing.T) {
		_, q := with(t)
		hold(t, q, 1, e)
		for _, bad := range [][2]string{{"", "x"}, {"me", " "}, {"me", "two\nlines"}, {"m\x1b", "x"}} {
			if _, err := q.Accept(t.Context(), e.ID, bad[0], bad[1]); err == nil {
				t.Errorf("Accept by %q with note %q: no error", bad[0], bad[1])
			}
			if err := q.Refuse(t.Context(), e.ID, bad[0], bad[1]); err == nil {
				t.Errorf("Refuse by %q with note %q: no error", bad[0], bad[1])
			}
		}
		if held := mustHeld(t, q, e.ID); held.State != codebase.Waiting {
			t.Errorf("it is %s", held.State)
		}
	})
	t.Run("filtered, and ids", func(t *testing.T) {
		_, q := with(t)
		all := sorted(Numbered(5)...)
		hold(t, q, 5, all...)
		if err := q.Refuse(t.Context(), all[3].ID, "reviewer", "no"); err != nil {
			t.Fatal(err)
		}
		if got := mustAllHeld(t, q, codebase.Waiting); len(got) != 4 || !slices.IsSortedFunc(got, cmpIDs) {
			t.Errorf("%d wait", len(got))
		}
		if got := mustAllHeld(t, q, codebase.Refused); len(got) != 1 || got[0].Example.ID != all[3].ID {
			t.Errorf("refused: %v", got)
		}
		for _, id := range []string{"", "zz", e.ID, "' OR ''='"} {
			if _, err := q.GetHeld(t.Context(), id); !errors.Is(err, codebase.ErrNotFound) {
				t.Errorf("GetHeld(%q): error %v, want ErrNotFound", id, err)
			}
		}
		if _, err := q.Accept(t.Context(), e.ID, "me", "x"); !errors.Is(err, codebase.ErrNotFound) {
			t.Errorf("Accept of what is not held: error %v, want ErrNotFound", err)
		}
	})
}

var ignoreTime = cmpopts.IgnoreFields(codebase.Event{}, "At")

func cmpIDs(a, b codebase.Held) int {
	if a.Example.ID < b.Example.ID {
		return -1
	}
	return 1
}

func mustHeld(t *testing.T, q codebase.Quarantine, id string) codebase.Held {
	t.Helper()
	h, err := q.GetHeld(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func mustAllHeld(t *testing.T, q codebase.Quarantine, state codebase.HeldState) []codebase.Held {
	t.Helper()
	var all []codebase.Held
	for h, err := range q.AllHeld(t.Context(), codebase.HeldFilter{State: state}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	return all
}

func mustRemove(t *testing.T, store codebase.Store, e codebase.Example) {
	t.Helper()
	if n, err := store.Remove(t.Context(), e.ID); err != nil || n != 1 {
		t.Fatalf("Remove: %d, %v", n, err)
	}
}

// mustNotServe checks that an example is in none of the methods that serve.
func mustNotServe(t *testing.T, store codebase.Store, e codebase.Example) {
	t.Helper()
	if _, err := store.Get(t.Context(), e.ID); !errors.Is(err, codebase.ErrNotFound) {
		t.Errorf("Get of what is held: %v, want ErrNotFound", err)
	}
	if got := mustList(t, store, codebase.Filter{}); len(got) != 0 {
		t.Errorf("the store serves %d examples", len(got))
	}
	if vectors, ok := store.(codebase.VectorStore); ok {
		if ids, err := vectors.WithoutVector(t.Context(), "any"); err != nil || len(ids) != 0 {
			t.Errorf("WithoutVector = %v, %v", ids, err)
		}
	}
}
