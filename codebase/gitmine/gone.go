package gitmine

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A checked is what checkers said of one version of a file.
type checked struct {
	// findings have a CWE and a severity that counts.
	findings []check.Finding
	// passed are the checkers that could not look at it, with the reason; failed are those
	// of them that might another time.
	passed map[string]string
	failed map[string]bool
}

// A checkedFile is a file of a commit with what checkers said of it.
type checkedFile struct {
	path     string
	language lang.Language
	pairs    []pair
	// before is nil for a file that is new.
	before, after *checked
}

// A mended is a function in which findings are gone, by the line on which it begins after
// the commit.
type mended struct {
	Path     string     `json:"path"`
	Line     int        `json:"line"`
	Evidence []Evidence `json:"evidence"`
}

// A place is a function of a file that a commit changed, or where function is -1 what is
// around those.
type place struct{ file, function int }

// A kind is what findings are counted by.
type kind struct {
	checker string
	cwe     codebase.CWE
}

// A tally has the findings of one kind by their place.
type tally struct{ before, after map[place][]check.Finding }

// gone finds the functions of a commit in which a checker found a weakness before and
// nobody finds it after. Where the weakness has come up in another place there is nothing
// mended, since the code only moved; and what a checker could not look at in full is
// nothing that it can say.
func (c *Checking) gone(files []checkedFile) []mended {
	tallies := tallied(files)
	kinds := slices.SortedFunc(maps.Keys(tallies), func(a, b kind) int {
		return cmp.Or(cmp.Compare(a.checker, b.checker), cmp.Compare(a.cwe, b.cwe))
	})
	kinds = slices.DeleteFunc(kinds, func(k kind) bool { return tallies[k].moved() || !saw(k.checker, files) })
	var all []mended
	for i, file := range files {
		for j, p := range file.pairs {
			at := place{i, j}
			var evidence []Evidence
			for _, k := range kinds {
				if before := tallies[k].before[at]; len(before) > 0 && !left(tallies, k.cwe, at) {
					evidence = append(evidence, c.evidence(before))
				}
			}
			if len(evidence) > 0 {
				slices.SortStableFunc(evidence, func(a, b Evidence) int { return cmp.Compare(b.Score, a.Score) })
				all = append(all, mended{file.path, p.now.first, evidence})
			}
		}
	}
	return all
}

// tallied puts the findings of a commit's files in their places.
func tallied(files []checkedFile) map[kind]tally {
	tallies := map[kind]tally{}
	of := func(f check.Finding) tally {
		k := kind{f.Checker, f.CWE}
		if _, ok := tallies[k]; !ok {
			tallies[k] = tally{map[place][]check.Finding{}, map[place][]check.Finding{}}
		}
		return tallies[k]
	}
	for i, file := range files {
		if file.before != nil {
			for _, f := range file.before.findings {
				at := place{i, slices.IndexFunc(file.pairs, func(p pair) bool { return p.old.holds(f.Line) })}
				of(f).before[at] = append(of(f).before[at], f)
			}
		}
		for _, f := range file.after.findings {
			at := place{i, slices.IndexFunc(file.pairs, func(p pair) bool { return p.now.holds(f.Line) })}
			of(f).after[at] = append(of(f).after[at], f)
		}
	}
	return tallies
}

// moved reports whether some place has more findings after the commit than before.
func (t tally) moved() bool {
	for at, after := range t.after {
		if len(after) > len(t.before[at]) {
			return true
		}
	}
	return false
}

// left reports whether any checker finds the weakness in a place after the commit.
func left(tallies map[kind]tally, cwe codebase.CWE, at place) bool {
	for k, t := range tallies {
		if k.cwe == cwe && len(t.after[at]) > 0 {
			return true
		}
	}
	return false
}

// saw reports whether a checker looked at both versions of all files of its languages.
func saw(checker string, files []checkedFile) bool {
	for _, file := range files {
		if file.before != nil && file.before.passed[checker] != "" || file.after.passed[checker] != "" {
			return false
		}
	}
	return true
}

// highMore is what a finding of high severity counts more.
const highMore = 2

// evidence makes one of the findings of one kind that are gone from a function.
func (c *Checking) evidence(findings []check.Finding) Evidence {
	worst := slices.MaxFunc(findings, func(a, b check.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	e := Evidence{
		Kind: "checker", CWE: worst.CWE, Score: c.Score,
		Text: fmt.Sprintf("%s %s at line %d is gone: %s", worst.Checker, worst.Rule, worst.Line, oneLine(worst.Message)),
	}
	if worst.Severity == check.High {
		e.Score += highMore
	}
	if n := len(findings) - 1; n > 0 {
		e.Text += fmt.Sprintf(" (and %d more)", n)
	}
	return e
}
