package admission_test

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/internal/svenpairs"
	"github.com/seccoder/seccoder/lang"
)

var (
	measure = flag.Bool("measure", false, "measure with the checkers, as docs/admission.md shows, which takes many minutes")
	every   = flag.Int("every", 0, "take one of so many of SVEN's training pairs, too; 1 is all")
	only    = flag.String("only", "", "take the pairs of this language only")
)

// mustPairs reads SVEN's pairs of functions before and after a fix: the validation set,
// and as many of the training set as -every says.
func mustPairs(t *testing.T) []codebase.Example {
	t.Helper()
	dir := os.Getenv("SECCODER_SVEN")
	var pairs []codebase.Example
	n := 0
	for _, split := range []string{"train", "val"} {
		read, err := svenpairs.Read(dir, split)
		switch {
		case dir == "" || errors.Is(err, svenpairs.ErrNone):
			t.Skipf("no pairs in SECCODER_SVEN=%q", dir)
		case err != nil:
			t.Fatal(err)
		}
		for _, p := range read {
			language, ok := lang.FromPath(p.File)
			if !ok {
				t.Logf("%s: %s is in no language that is known", p.Where, p.File)
				continue
			}
			e := codebase.Example{
				Code: p.After, Insecure: p.Before, Language: language, CWEs: []codebase.CWE{p.CWE}, Title: p.Name,
				Source: codebase.Source{Kind: "dataset", Dataset: "SVEN", Commit: p.Commit, Licence: "MIT"},
			}
			e.ID = e.Hash()
			n++
			if (split == "val" || *every > 0 && n%*every == 0) && (*only == "" || string(language) == *only) {
				pairs = append(pairs, e)
			}
		}
	}
	return pairs
}

// mustJudge judges candidates by a new gate, with the checkers under -measure.
func mustJudge(t *testing.T, candidates []codebase.Example) []admission.Verdict {
	t.Helper()
	var checkers []check.Checker
	if *measure {
		checkers = builtin.Checkers()
	}
	gate := admission.New(admission.Options{Checkers: checkers, Timeout: time.Hour})
	var verdicts []admission.Verdict
	for chunk := range slices.Chunk(candidates, 200) {
		judged, err := gate.JudgeAll(t.Context(), chunk)
		if err != nil {
			t.Fatal(err)
		}
		verdicts = append(verdicts, judged...)
	}
	return verdicts
}

// answer is what one check said of a candidate, or "" where it was not asked.
func answer(v admission.Verdict, name string) codebase.Answer {
	said := codebase.Answer("")
	for _, o := range v.Outcomes {
		if o.Check == name {
			said = o.Answer
		}
	}
	return said
}

// A row counts what became of the pairs of one CWE.
type row struct{ pairs, admitted, known, refused, told int }

// TestSVEN puts fixed functions, with their twins, and the unfixed ones, as if they were
// secure, to the gate.
func TestSVEN(t *testing.T) {
	if *measure {
		checktest.Tool(t, "bandit", "semgrep", "cppcheck", "gcc", "clang", "python3")
	}
	pairs := mustPairs(t)
	weak := slices.Clone(pairs)
	for i := range weak {
		weak[i].Code, weak[i].Insecure = weak[i].Insecure, ""
		weak[i].ID = weak[i].Hash()
	}
	fixed, unfixed := mustJudge(t, pairs), mustJudge(t, weak)
	rows := map[string]*row{}
	why, whyUnfixed := map[string]int{}, map[string]int{}
	for i, e := range pairs {
		group := fmt.Sprintf("%s %s", e.CWEs[0], e.Language)
		if rows[group] == nil {
			rows[group] = new(row)
		}
		r := rows[group]
		r.pairs++
		count(why, fixed[i])
		count(whyUnfixed, unfixed[i])
		switch {
		case fixed[i].Admitted:
			r.admitted++
		case answer(fixed[i], "duplicate") == codebase.Rejects:
			r.known++
		default:
			t.Logf("not admitted: %s %s: %q", group, e.Title, fixed[i].Reasons())
		}
		if !unfixed[i].Admitted && answer(unfixed[i], "duplicate") != codebase.Rejects {
			r.refused++
		}
		if answer(fixed[i], "twin") == codebase.Accepts {
			r.told++
		}
	}
	total := row{}
	t.Logf("| weakness, language | pairs | fixed: admitted | fixed: a duplicate | unfixed: refused | told apart |")
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		r := rows[group]
		t.Logf("| %s | %d | %d | %d | %d | %d |", group, r.pairs, r.admitted, r.known, r.refused, r.told)
		total = row{total.pairs + r.pairs, total.admitted + r.admitted, total.known + r.known, total.refused + r.refused, total.told + r.told}
	}
	t.Logf("| all | %d | %d | %d | %d | %d |", total.pairs, total.admitted, total.known, total.refused, total.told)
	unseen := 0
	for _, v := range fixed {
		if answer(v, "weakness") == codebase.CouldNotTell {
			unseen++
		}
	}
	t.Logf("no checker could look at %d fixed functions", unseen)
	t.Logf("fixed functions were rejected by: %v", why)
	t.Logf("unfixed functions were rejected by: %v", whyUnfixed)
	if (total.admitted+total.known)*10 < total.pairs*8 {
		t.Errorf("%d of %d fixed functions were admitted", total.admitted+total.known, total.pairs)
	}
}

// count counts the checks that rejected.
func count(by map[string]int, v admission.Verdict) {
	for _, o := range v.Outcomes {
		if o.Answer == codebase.Rejects {
			by[o.Check]++
		}
	}
}

// TestNearDuplicates shows how alike SVEN's functions are from a threshold on, for a
// person to judge: docs/admission.md has the judgements.
func TestNearDuplicates(t *testing.T) {
	if !*measure {
		t.Skip("near duplicates are counted on demand, with -measure")
	}
	pairs := mustPairs(t)
	shingles := make([]codebase.Shingles, len(pairs))
	for i, e := range pairs {
		shingles[i] = codebase.NewShingles(e.Language, e.Code, 5)
	}
	type near struct {
		a, b  int
		alike float64
	}
	var found []near
	for i := range pairs {
		for j := range i {
			if alike := shingles[i].Jaccard(shingles[j]); alike >= 0.5 {
				found = append(found, near{j, i, alike})
			}
		}
	}
	slices.SortFunc(found, func(x, y near) int { return cmp.Compare(y.alike, x.alike) })
	for _, n := range found {
		a, b := pairs[n.a], pairs[n.b]
		t.Logf("%.2f %s %s %s / %s %s (%d and %d runs)", n.alike, a.CWEs[0], a.Title, a.Source.Commit, b.Title, b.Source.Commit, len(shingles[n.a]), len(shingles[n.b]))
	}
}
