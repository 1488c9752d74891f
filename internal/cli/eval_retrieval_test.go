package cli_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// TestRetrievalFigures holds how well the retrievers find examples of the right weakness
// to a file, so that whoever changes the corpus or a retriever sees in review what became
// of it. Vectors differ in their last digits from processor to processor, and a near tie
// may turn, so figures may be off by a query or two; -update writes them anew.
func TestRetrievalFigures(t *testing.T) {
	sven := evaltest.SVEN(t)
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	home := t.TempDir()
	mustRank := func(args ...string) []string {
		t.Helper()
		args = append([]string{"eval", "retrieval", "--json", "--quiet", "--suite", "sven:" + sven, "--halves", "val"}, args...)
		r := mustRun(t, environment(home, mustCacheDir(t)), args...)
		if r.code != 0 {
			t.Fatalf("exit status %d: %s", r.code, r.errOut)
		}
		return figures(t, r.out)
	}
	got := mustRank("--suite", "own")
	// Vectors of SVEN's functions would have to be computed first, which takes a minute.
	got = append(got, mustRank("--codebase", "sven:train", "--method", "random", "--method", "bm25")...)
	golden := filepath.Join("testdata", "retrieval.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d; -update writes them anew", len(got), len(want))
	}
	for i := range got {
		if !near(got[i], want[i]) {
			t.Errorf("got  %s\nwant %s\nif that is meant, -update writes %s anew", got[i], want[i], golden)
		}
	}
}

// figures are a line for each codebase, set of queries and retriever of a document.
func figures(t *testing.T, document string) []string {
	t.Helper()
	type estimate struct{ Value float64 }
	var report struct {
		Results []struct {
			Codebase, Set string
			Retrievers    []struct {
				Retriever string
				Metrics   struct {
					Queries                     int
					Top1, Top3, Top5, MRR, Rank estimate
					Shown                       *estimate
					ShownTop1                   *estimate `json:"shown_top1"`
					ShownRight2                 *estimate `json:"shown_right2"`
					ShownRight3                 *estimate `json:"shown_right3"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(document), &report); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range report.Results {
		for _, x := range r.Retrievers {
			m := x.Metrics
			line := fmt.Sprintf("%s in %s by %s, %d queries: top-1 %.3f top-3 %.3f top-5 %.3f mrr %.3f rank %.2f",
				r.Set, r.Codebase, x.Retriever, m.Queries, m.Top1.Value, m.Top3.Value, m.Top5.Value, m.MRR.Value, m.Rank.Value)
			if m.Shown != nil {
				line += fmt.Sprintf(" shown %.3f right-of-shown %.3f right-of-2 %.3f right-of-3 %.3f",
					m.Shown.Value, m.ShownTop1.Value, m.ShownRight2.Value, m.ShownRight3.Value)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// near reports whether two lines have the same words, and figures that differ by no more
// than two queries can make.
func near(got, want string) bool {
	name, figures, _ := strings.Cut(got, ": ")
	wantName, wantFigures, _ := strings.Cut(want, ": ")
	if name != wantName {
		return false
	}
	a, b := strings.Fields(figures), strings.Fields(wantFigures)
	if len(a) != len(b) {
		return false
	}
	var queries float64
	if _, err := fmt.Sscanf(name[strings.LastIndex(name, ", ")+2:], "%f queries", &queries); err != nil {
		return false
	}
	for i := 0; i+1 < len(a); i += 2 {
		var x, y float64
		if _, err := fmt.Sscan(a[i+1], &x); err != nil {
			return false
		}
		if _, err := fmt.Sscan(b[i+1], &y); err != nil {
			return false
		}
		allowed := 2/queries + 0.001
		switch a[i] {
		case "rank":
			allowed = 0.1 * y
		case "right-of-shown", "right-of-2", "right-of-3":
			allowed *= 2 // of fewer queries
		}
		if a[i] != b[i] || math.Abs(x-y) > allowed {
			return false
		}
	}
	return true
}
