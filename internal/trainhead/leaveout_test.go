package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func TestMain(m *testing.M) {
	seccoder.RunWorker()
	os.Exit(m.Run())
}

// some are the first n of each of three weaknesses, in one language each.
func some(examples []codebase.Example, n int) []codebase.Example {
	languages := map[codebase.CWE]lang.Language{78: lang.Python, 89: lang.Python, 416: lang.C}
	var kept []codebase.Example
	counts := map[codebase.CWE]int{}
	for _, e := range examples {
		if cwe := e.CWEs[0]; e.Language == languages[cwe] && counts[cwe] < n {
			counts[cwe]++
			kept = append(kept, e)
		}
	}
	return kept
}

// mustReadSome are small parts of the data.
func mustReadSome(t *testing.T) data {
	t.Helper()
	d, err := readData(evaltest.SVEN(t))
	if err != nil {
		t.Fatal(err)
	}
	return data{train: some(d.train, 4), validation: some(d.validation, 2), starter: some(d.starter, 3)}
}

func mustEmbedder(t *testing.T) retrieval.Embedder {
	t.Helper()
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	embedder, err := openEmbedder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := embedder.Close(); err != nil {
			t.Error(err)
		}
	})
	return &retrieval.RememberingEmbedder{Embedder: embedder}
}

// mustMeasure is what a measurement printed, and what it told of how far it was.
func mustMeasure(t *testing.T, measured measure, embedder retrieval.Embedder, d data) (printed, progress string) {
	t.Helper()
	var out, lines bytes.Buffer
	if err := measured(t.Context(), embedder, d, &out, &lines); err != nil {
		t.Fatal(err)
	}
	return out.String(), lines.String()
}

// TestLeaveOut embeds its texts once, which takes most of its time.
func TestLeaveOut(t *testing.T) {
	d := mustReadSome(t)
	embedder := mustEmbedder(t)
	t.Run("tables", func(t *testing.T) { testTables(t, d, embedder) })
	t.Run("look", func(t *testing.T) { testLook(t, d, embedder) })
}

func testTables(t *testing.T, d data, embedder retrieval.Embedder) {
	tables, progress := mustMeasure(t, leaveOut, embedder, d)
	for _, title := range []string{"insecure validation functions", "insecure training functions"} {
		_, table, found := strings.Cut(tables, title)
		if !found {
			t.Fatalf("no table of %s in:\n%s", title, tables)
		}
		table, _, _ = strings.Cut(table, "\n\n")
		for _, row := range []string{"CWE-078 ", "CWE-089 ", "CWE-416 ", "Python ", "C, C++ ", "all "} {
			if strings.Count(table, "\n"+row) != 1 {
				t.Errorf("not one row of %sin the table of %s:\n%s", row, title, table)
			}
		}
	}
	if want := "validation set: training a head on all but CWE-416, of "; !strings.Contains(progress, want) {
		t.Errorf("no %q in:\n%s", want, progress)
	}
	if again, _ := mustMeasure(t, leaveOut, embedder, d); again != tables {
		t.Errorf("a second run printed\n%s\nthe first\n%s", again, tables)
	}
}

// testLook: the rankings are of the same queries in one order, and the weakness is nowhere in what the
// head that is to know nothing of it was trained on.
func testLook(t *testing.T, d data, embedder retrieval.Embedder) {
	m, err := newMeasurement(t.Context(), embedder, d.starter, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.look(t.Context(), d.train, d.validation)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.none) != 6 || len(r.knows) != 6 || len(r.never) != 6 {
		t.Fatalf("%d, %d and %d rankings of 6 queries", len(r.knows), len(r.never), len(r.none))
	}
	for i, q := range r.none {
		if q == nil || r.knows[i].ID != q.ID || r.never[i].ID != q.ID {
			t.Errorf("place %d: %+v, %+v and %+v", i, r.knows[i], r.never[i], q)
		}
	}
	head, err := m.train(t.Context(), d.train, 89)
	if err != nil {
		t.Fatal(err)
	}
	p := head.Classify(lang.Python, "cursor.execute(query)", nil)
	_, knows := p[89]
	if _, others := p[416]; knows || !others {
		t.Errorf("trained without CWE-089, it knows %v", p)
	}
}

func TestByRepository(t *testing.T) {
	var pairs []codebase.Example
	for _, commit := range []string{"host/a/commit/1", "host/b/commit/2", "host/a/commit/3", "host/c/commit/4"} {
		pairs = append(pairs, codebase.Example{Source: codebase.Source{Repository: commit}})
	}
	divided := byRepository(pairs, 2)
	var got []string
	for _, part := range divided {
		for _, e := range part {
			got = append(got, eval.RepositoryOf(e))
		}
		got = append(got, "|")
	}
	if want := "host/a host/a host/c | host/b |"; strings.Join(got, " ") != want {
		t.Errorf("divided into %q, want %q", got, want)
	}
	if left := withoutRepositories(pairs, divided[0]); len(left) != 1 || eval.RepositoryOf(left[0]) != "host/b" {
		t.Errorf("%v is left without the first part", left)
	}
}

func TestLeaveOutFails(t *testing.T) {
	if _, err := readData(t.TempDir()); err == nil || !strings.Contains(err.Error(), "it should be a checkout of SVEN's repository") {
		t.Errorf("got %v for a folder without pairs", err)
	}
	r := rankings{none: []*eval.RankedQuery{nil}, never: []*eval.RankedQuery{nil}, knows: []*eval.RankedQuery{nil}}
	if err := r.print(io.Discard, "queries"); err == nil || !strings.Contains(err.Error(), "nothing to measure") {
		t.Errorf("got %v where nothing could be found", err)
	}
}
