package cli_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// raceDetector says that the tests run with it.
var raceDetector bool

// TestRetrievalFigures holds how well the retrievers find examples of the right weakness
// to a file, so that whoever changes the corpus or a retriever sees in review what became
// of it; -update writes them anew. The vectors of SVEN's functions, which take a minute to
// compute, are kept in the cache folder.
func TestRetrievalFigures(t *testing.T) {
	if raceDetector {
		t.Skip("the figures are measured without the race detector: make test does so, too")
	}
	sven := evaltest.SVEN(t)
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	home, kept := t.TempDir(), evaltest.CacheDir(t, filepath.Join("seccoder", "eval-retrieval-test"))
	mustLock(t, kept)
	// One run for all, since it embeds each query once.
	r := mustRun(t, environment(home, mustCacheDir(t)), "eval", "retrieval", "--json", "--quiet", "--dir", kept,
		"--suite", "sven:"+sven, "--suite", "own", "--halves", "val", "--codebase", "starter", "--codebase", "sven:train", "--codebase", "starter+sven:train")
	if r.code != 0 {
		t.Fatalf("exit status %d: %s", r.code, r.errOut)
	}
	got := figures(t, r.out)
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

// mustLock waits until no other process of the tests is in a folder.
func mustLock(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lock.Unlock() })
}

// enoughQueries are enough for a line of a language of their own: of fewer, one that turns changes much.
const enoughQueries = 10

// figures are a line for each codebase, set of queries, retriever and language of a document.
func figures(t *testing.T, document string) []string {
	t.Helper()
	type estimate struct{ Value float64 }
	type metrics struct {
		Queries                     int
		Top1, Top3, Top5, MRR, Rank estimate
		SameLanguage                estimate `json:"same_language"`
		Shown                       *estimate
		ShownTop1                   *estimate `json:"shown_top1"`
		ShownRight2                 *estimate `json:"shown_right2"`
		ShownRight3                 *estimate `json:"shown_right3"`
	}
	var report struct {
		Results []struct {
			Codebase, Set string
			Retrievers    []struct {
				Retriever  string
				Metrics    metrics
				ByLanguage []struct {
					Name    string
					Metrics metrics
				} `json:"by_language"`
			}
		}
	}
	if err := json.Unmarshal([]byte(document), &report); err != nil {
		t.Fatal(err)
	}
	var lines []string
	add := func(name, language string, m metrics) {
		line := fmt.Sprintf("%s, %d queries%s: top-1 %.3f top-3 %.3f top-5 %.3f mrr %.3f rank %.2f same-language %.3f",
			name, m.Queries, language, m.Top1.Value, m.Top3.Value, m.Top5.Value, m.MRR.Value, m.Rank.Value, m.SameLanguage.Value)
		if m.Shown != nil {
			line += fmt.Sprintf(" shown %.3f right-of-shown %.3f right-of-2 %.3f right-of-3 %.3f",
				m.Shown.Value, m.ShownTop1.Value, m.ShownRight2.Value, m.ShownRight3.Value)
		}
		lines = append(lines, line)
	}
	for _, r := range report.Results {
		for _, x := range r.Retrievers {
			name := fmt.Sprintf("%s in %s by %s", r.Set, r.Codebase, x.Retriever)
			add(name, "", x.Metrics)
			for _, l := range x.ByLanguage {
				if l.Metrics.Queries >= enoughQueries {
					add(name, " in "+l.Name, l.Metrics)
				}
			}
		}
	}
	return lines
}

// near reports whether two lines are the same. The embedder rounds to eight bits, and processors
// round differently: with AVX2 and with AMX, the vectors of a starter example have a cosine of
// 0.99991 at least, which moves that of a query and an example by up to a thousandth. Of the
// validation functions, 4 in 83 have their first two examples as near, and 3 of these turned. So
// the figures of a retriever that compares vectors may differ by what one query can make, and
// where it goes by nothing else, by one more of 30, and by a few more places far down.
func near(got, want string) bool {
	name, figures, _ := strings.Cut(got, ": ")
	wantName, wantFigures, _ := strings.Cut(want, ": ")
	if name != wantName {
		return false
	}
	if strings.Contains(name, " by random,") || strings.Contains(name, " by bm25,") {
		return figures == wantFigures
	}
	a, b := strings.Fields(figures), strings.Fields(wantFigures)
	if len(a) != len(b) {
		return false
	}
	var queries float64
	if _, err := fmt.Sscanf(name[strings.LastIndex(name, ", ")+2:], "%f queries", &queries); err != nil {
		return false
	}
	turned, far := 1.0, 0.0
	if strings.Contains(name, " by dense,") {
		turned, far = 1+math.Floor(queries/30), 0.04
	}
	shown := 0.0
	for i := 0; i+1 < len(a); i += 2 {
		var x, y float64
		if _, err := fmt.Sscan(a[i+1], &x); err != nil {
			return false
		}
		if _, err := fmt.Sscan(b[i+1], &y); err != nil {
			return false
		}
		allowed := turned/queries + 0.001
		switch a[i] {
		case "rank":
			allowed = min(max(3/queries, far*y), 0.1*y) + 0.001
		case "shown":
			shown = y * queries
		case "right-of-shown", "right-of-2", "right-of-3":
			allowed = 1/max(shown, 1) + 0.001
		}
		if a[i] != b[i] || math.Abs(x-y) > allowed {
			return false
		}
	}
	return true
}

// TestNear holds the comparison to what it is for: one query may turn, by dense three of 62, and no more.
func TestNear(t *testing.T) {
	const name = "own, test in starter by fused, 62 queries: "
	const want = name + "top-1 0.403 rank 3.89 shown 0.242 right-of-shown 0.733"
	for got, ok := range map[string]bool{
		want: true,
		name + "top-1 0.419 rank 3.93 shown 0.258 right-of-shown 0.750": true,
		name + "top-1 0.435 rank 3.89 shown 0.242 right-of-shown 0.733": false,
		name + "top-1 0.403 rank 3.99 shown 0.242 right-of-shown 0.733": false,
		name + "top-1 0.403 rank 3.89 shown 0.242 right-of-shown 0.600": false,
		name + "top-1 0.403 rank 3.89":                                  false,
		strings.Replace(want, "62", "61", 1):                            false,
	} {
		if near(got, want) != ok {
			t.Errorf("near is %v: %s", !ok, got)
		}
	}
	const dense = "own, test in starter by dense, 62 queries: "
	for got, ok := range map[string]bool{"top-1 0.451 rank 3.99": true, "top-1 0.468 rank 3.89": false, "top-1 0.403 rank 4.06": false} {
		if near(dense+got, dense+"top-1 0.403 rank 3.89") != ok {
			t.Errorf("near is %v: %s", !ok, dense+got)
		}
	}
	words := strings.Replace(want, "fused", "bm25", 1)
	if near(strings.Replace(words, "0.403", "0.402", 1), words) || !near(words, words) {
		t.Error("what compares no vectors is to be the same")
	}
}
