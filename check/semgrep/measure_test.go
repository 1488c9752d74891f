package semgrep_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/internal/svenpairs"
)

// A pair is code with a weakness, and the same with it repaired.
type pair struct {
	group       string // what it is counted with: "python CWE-089"
	cwe         check.CWE
	ending      string
	weak, fixed string
}

// A share is how many of the pairs of a group were told apart.
type share struct {
	pairs, found int // weak code in which the weakness was found
	wrong        int // repaired code in which it was found
}

// mustMeasure runs Semgrep once over all pairs, and says for each group what it found.
// related gives the weaknesses that count as the same as another one.
func mustMeasure(t *testing.T, pairs []pair, related map[check.CWE][]check.CWE) map[string]*share {
	t.Helper()
	files := map[string]string{}
	for i, p := range pairs {
		files[fmt.Sprintf("weak%04d%s", i, p.ending)] = p.weak
		files[fmt.Sprintf("fixed%04d%s", i, p.ending)] = p.fixed
	}
	result := checktest.Run(t, semgrep.New(semgrep.Options{}), mustWrite(t, files))
	if run := result.Checkers[0]; run.State != check.Worked {
		t.Fatalf("%+v", run)
	}
	t.Logf("%d of %d files were looked at wholly", result.Checkers[0].Checked, len(files))
	found := map[string]bool{}
	for _, f := range result.Findings {
		kind := strings.TrimRight(strings.TrimSuffix(f.Path, filepath.Ext(f.Path)), "0123456789")
		i, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(f.Path, kind), filepath.Ext(f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if f.CWE == pairs[i].cwe || slices.Contains(related[pairs[i].cwe], f.CWE) {
			found[fmt.Sprintf("%s%04d", kind, i)] = true
		}
	}
	shares := map[string]*share{}
	for i, p := range pairs {
		s := shares[p.group]
		if s == nil {
			s = new(share)
			shares[p.group] = s
		}
		s.pairs++
		if found[fmt.Sprintf("weak%04d", i)] {
			s.found++
		}
		if found[fmt.Sprintf("fixed%04d", i)] {
			s.wrong++
		}
	}
	for _, group := range slices.Sorted(maps.Keys(shares)) {
		s := shares[group]
		t.Logf("%-16s %2d pairs: found in %2d of the weak, in %d of the repaired", group, s.pairs, s.found, s.wrong)
	}
	return shares
}

// unseen are weaknesses of which the code shows nothing that is wrong by itself: who may
// do what, which values make sense, how much is too much, where a protocol's word ends.
var unseen = []int{20, 77, 200, 284, 306, 352, 434, 639, 770, 862, 863}

// In the starter corpus, whose files are whole programs, the rules find most of what is
// wrong in Python, and nothing in what is right in any language.
func TestCorpus(t *testing.T) {
	checktest.Tool(t, "semgrep")
	entries, err := corpus.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var pairs []pair
	for _, e := range entries {
		group := fmt.Sprintf("%s CWE-%03d", e.Language, e.CWEs[0])
		if slices.Contains(unseen, e.CWEs[0]) {
			group = "unseen: " + group
		}
		ending := map[string]string{"python": ".py", "c": ".c", "cpp": ".cpp"}[e.Language]
		pairs = append(pairs, pair{group, check.CWE(e.CWEs[0]), ending, e.Insecure, e.Code})
	}
	shares := mustMeasure(t, pairs, map[check.CWE][]check.CWE{
		94: {95, 1336}, 327: {328}, 787: {120, 121, 125, 129}, 125: {129, 787}, 190: {131}, 476: {690},
	})
	python := share{}
	for group, s := range shares {
		if s.wrong > 0 {
			t.Errorf("%s: found in %d repaired programs", group, s.wrong)
		}
		if strings.HasPrefix(group, "python") {
			python.pairs += s.pairs
			python.found += s.found
		}
	}
	if python.found*10 < python.pairs*7 {
		t.Errorf("found in %d of %d Python programs", python.found, python.pairs)
	}
}

// SVEN's validation pairs are functions without the programs that they are from: much of
// what makes them weak cannot be seen. What is found in a repaired one is wrong all the
// same.
func TestSVEN(t *testing.T) {
	dir := os.Getenv("SECCODER_SVEN")
	read, err := svenpairs.Read(dir, "val")
	switch {
	case dir == "" || errors.Is(err, svenpairs.ErrNone):
		t.Skipf("no pairs in SECCODER_SVEN=%q", dir)
	case err != nil:
		t.Fatal(err)
	}
	checktest.Tool(t, "semgrep")
	var pairs []pair
	for _, p := range read {
		if filepath.Ext(p.File) == ".py" {
			pairs = append(pairs, pair{p.CWE.String(), p.CWE, ".py", outdented(p.Before), outdented(p.After)})
		}
	}
	shares := mustMeasure(t, pairs, nil)
	for group, s := range shares {
		if s.wrong > 0 {
			t.Errorf("%s: found in %d repaired functions", group, s.wrong)
		}
	}
	if s := shares["CWE-089"]; s == nil || s.found*10 < s.pairs*8 {
		t.Errorf("CWE-089: %+v", s)
	}
}

var margin = regexp.MustCompile(`^[ \t]*`)

// outdented takes the margin of a method's first line off all its lines.
func outdented(code string) string {
	indent := margin.FindString(code)
	var lines []string
	for line := range strings.Lines(code) {
		lines = append(lines, strings.TrimPrefix(line, indent))
	}
	return strings.Join(lines, "")
}
