package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func testAdd(t *testing.T, open func(t *testing.T) codebase.Store) {
	t.Run("gives back what was put in", func(t *testing.T) {
		store, want := open(t), Example(lang.Python, "x = 1\n", 89, 564)
		if added := mustAdd(t, store, want); added != 1 {
			t.Errorf("added %d, want 1", added)
		}
		got, err := store.Get(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("optional fields may be empty", func(t *testing.T) {
		store := open(t)
		want := codebase.Example{Code: "x = 1", Language: lang.Python, Source: codebase.Source{Kind: "file", Licence: "MIT"}}
		want.ID = want.Hash()
		mustAdd(t, store, want)
		if diff := cmp.Diff([]codebase.Example{want}, mustList(t, store, codebase.Filter{})); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("nothing", func(t *testing.T) {
		if added := mustAdd(t, open(t)); added != 0 {
			t.Errorf("added %d, want 0", added)
		}
	})
	t.Run("leaves what is there", func(t *testing.T) {
		store, first := open(t), Example(lang.Python, "x = 1\n")
		mustAdd(t, store, first)
		again := first
		again.Title, again.CWEs = "another title", []codebase.CWE{79}
		other := Example(lang.Python, "x = 2\n")
		if added := mustAdd(t, store, again, other, other); added != 1 {
			t.Errorf("added %d, want 1", added)
		}
		if diff := cmp.Diff(sorted(first, other), mustList(t, store, codebase.Filter{})); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	})
	t.Run("all or none", func(t *testing.T) {
		store, bad := open(t), Example(lang.Python, "x = 1\n")
		bad.ID = strings.Repeat("0", 64)
		added, err := store.Add(t.Context(), Example(lang.Python, "x = 2\n"), bad)
		if err == nil || added != 0 {
			t.Errorf("added %d with error %v, want 0 and an error", added, err)
		}
		if got := mustList(t, store, codebase.Filter{}); len(got) != 0 {
			t.Errorf("the store has %d examples, want none", len(got))
		}
	})
	t.Run("in another time zone", func(t *testing.T) {
		store, e := open(t), Example(lang.Python, "x = 1\n")
		e.AdmittedAt = e.AdmittedAt.In(time.FixedZone("", 3*3600))
		mustAdd(t, store, e)
		if got := mustList(t, store, codebase.Filter{}); !got[0].AdmittedAt.Equal(e.AdmittedAt) {
			t.Errorf("admitted at %v, want %v", got[0].AdmittedAt, e.AdmittedAt)
		}
	})
}

// testText puts in code that a careless store would change, and code that every
// store refuses.
func testText(t *testing.T, open func(t *testing.T) codebase.Store) {
	kept := map[string]string{
		"quotes":        "'\"`\\ %s $1 ? :name -- ' OR 1=1; DROP TABLE example;\n",
		"line endings":  "a\r\nb\rc\n\n\n",
		"controls":      "\x01\x02\x1b[31m\x7f",
		"unicode":       "é e\u0301 \u202e \ufeff \U0001F512 \ufffd",
		"ten megabytes": strings.Repeat("x = 'seccoder'\n", 10<<20/15),
	}
	for name, code := range kept {
		t.Run(name, func(t *testing.T) {
			store, want := open(t), Example(lang.Python, code)
			want.Title = oneLine(code[:min(len(code), 30)])
			want.Fix = want.Title
			mustAdd(t, store, want)
			got := mustList(t, store, codebase.Filter{})
			if len(got) != 1 || got[0].Code != want.Code || got[0].Insecure != want.Insecure || got[0].Title != want.Title {
				t.Errorf("the text came back changed (%d examples)", len(got))
			}
		})
	}
	refused := map[string]string{"NUL": "a = 1\x00", "Latin-1": "# caf\xe9\n", "surrogate": "\xed\xa0\x80"}
	for name, code := range refused {
		t.Run(name, func(t *testing.T) {
			store := open(t)
			if _, err := store.Add(t.Context(), Example(lang.Python, code)); err == nil || !strings.Contains(err.Error(), "UTF-8") {
				t.Errorf("error %v, want one that says that the text is not UTF-8 without NULs", err)
			}
		})
	}
}

func testRemove(t *testing.T, open func(t *testing.T) codebase.Store) {
	store, all := open(t), Numbered(3)
	mustAdd(t, store, all...)
	absent := strings.Repeat("f", 64)
	removed, err := store.Remove(t.Context(), all[1].ID, absent, all[1].ID)
	if err != nil || removed != 1 {
		t.Errorf("removed %d, error %v; want 1 and none", removed, err)
	}
	if removed, err := store.Remove(t.Context()); err != nil || removed != 0 {
		t.Errorf("removed %d of nothing, error %v", removed, err)
	}
	if diff := cmp.Diff(sorted(all[0], all[2]), mustList(t, store, codebase.Filter{})); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if added := mustAdd(t, store, all...); added != 1 {
		t.Errorf("added %d after the removal, want 1", added)
	}
}

func testGet(t *testing.T, open func(t *testing.T) codebase.Store) {
	store, all := open(t), sorted(Numbered(40)...)
	mustAdd(t, store, all...)
	e := all[7]
	for _, id := range []string{e.ID, e.ID[:12], strings.ToUpper(e.ID[:20])} {
		if got, err := store.Get(t.Context(), id); err != nil || got.ID != e.ID {
			t.Errorf("Get(%q) = %.12s, %v; want %.12s", id, got.ID, err, e.ID)
		}
	}
	last := all[len(all)-1]
	if got, err := store.Get(t.Context(), last.ID[:12]); err != nil || got.ID != last.ID {
		t.Errorf("Get of the last = %.12s, %v; want %.12s", got.ID, err, last.ID)
	}
	// Forty ids begin with sixteen digits, so that some digit begins several.
	begins := map[byte]int{}
	for _, e := range all {
		begins[e.ID[0]]++
	}
	for digit, n := range begins {
		_, err := store.Get(t.Context(), string(digit))
		if ambiguous := errors.Is(err, codebase.ErrAmbiguous); ambiguous != (n > 1) {
			t.Errorf("Get(%q) with %d candidates: error %v", digit, n, err)
		}
	}
	for _, id := range []string{"", "zz", "%", "_", "*", e.ID + "0", strings.Repeat("0", 64), "' OR ''='"} {
		if _, err := store.Get(t.Context(), id); !errors.Is(err, codebase.ErrNotFound) {
			t.Errorf("Get(%q): error %v, want ErrNotFound", id, err)
		}
	}
}

func testExamples(t *testing.T, open func(t *testing.T) codebase.Store) {
	py := Example(lang.Python, "x = 1\n", 89)
	py2 := Example(lang.Python, "x = 2\n", 79, 89)
	c := Example(lang.C, "int x;\n", 787)
	cpp := Example(lang.CPP, "int y{};\n", 787, 125)
	ts := Example(lang.TypeScript, "let x: number\n", 79)
	ts.Source.Kind = "file"
	cpp.AdmittedAt = cpp.AdmittedAt.Add(time.Hour)
	store := open(t)
	mustAdd(t, store, py, py2, c, cpp, ts)
	tests := map[string]struct {
		filter codebase.Filter
		want   []codebase.Example
	}{
		"all":                 {codebase.Filter{}, []codebase.Example{py, py2, c, cpp, ts}},
		"language":            {codebase.Filter{Language: lang.Python}, []codebase.Example{py, py2}},
		"C serves C++":        {codebase.Filter{Language: lang.CPP}, []codebase.Example{c, cpp}},
		"C++ does not C":      {codebase.Filter{Language: lang.C}, []codebase.Example{c}},
		"TypeScript serves":   {codebase.Filter{Language: lang.JavaScript}, []codebase.Example{ts}},
		"language of none":    {codebase.Filter{Language: lang.Java}, nil},
		"unknown language":    {codebase.Filter{Language: "cobol"}, nil},
		"CWE":                 {codebase.Filter{CWE: 787}, []codebase.Example{c, cpp}},
		"CWE not the main":    {codebase.Filter{CWE: 89}, []codebase.Example{py, py2}},
		"kind":                {codebase.Filter{SourceKind: "file"}, []codebase.Example{ts}},
		"kind of none":        {codebase.Filter{SourceKind: "starter"}, nil},
		"since then":          {codebase.Filter{Since: cpp.AdmittedAt}, []codebase.Example{cpp}},
		"since later":         {codebase.Filter{Since: cpp.AdmittedAt.Add(1)}, nil},
		"all three":           {codebase.Filter{Language: lang.CPP, CWE: 125, SourceKind: "git"}, []codebase.Example{cpp}},
		"all three, for none": {codebase.Filter{Language: lang.Python, CWE: 125, SourceKind: "git"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(sorted(test.want...), mustList(t, store, test.filter)); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
	t.Run("a loop may stop early and use the store", func(t *testing.T) {
		seen := 0
		for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if _, err := store.Get(t.Context(), e.ID); err != nil {
				t.Error(err)
			}
			if _, err := store.Remove(t.Context(), e.ID); err != nil {
				t.Error(err)
			}
			if seen++; seen == 2 {
				break
			}
		}
		if left := mustList(t, store, codebase.Filter{}); len(left) != 3 {
			t.Errorf("%d examples are left, want 3", len(left))
		}
	})
}

func testCancel(t *testing.T, open func(t *testing.T) codebase.Store) {
	store := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Add(ctx, Numbered(2)...); !errors.Is(err, context.Canceled) {
		t.Errorf("Add: error %v, want context.Canceled", err)
	}
	for _, err := range store.Examples(ctx, codebase.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Examples: error %v, want context.Canceled", err)
		}
	}
	if got := mustList(t, store, codebase.Filter{}); len(got) != 0 {
		t.Errorf("a cancelled Add left %d examples", len(got))
	}
}

func sorted(examples ...codebase.Example) []codebase.Example {
	out := slices.Clone(examples)
	slices.SortFunc(out, func(a, b codebase.Example) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func mustAdd(t *testing.T, store codebase.Store, examples ...codebase.Example) int {
	t.Helper()
	added, err := store.Add(t.Context(), examples...)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func mustList(t *testing.T, store codebase.Store, filter codebase.Filter) []codebase.Example {
	t.Helper()
	var all []codebase.Example
	for e, err := range store.Examples(t.Context(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}
