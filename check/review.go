package check

import (
	"slices"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// A Policy says which findings count. The zero value lets all count.
type Policy struct {
	// Asked, where it is set, reports whether a finding is of a file that was asked for. Others
	// are dropped before all else.
	Asked func(Finding) bool
	// Severity is the least that counts.
	Severity Severity
	// CWEs, where there are some, are those that count.
	CWEs []CWE
	// Place, where it is set, makes the path of a finding one that is the same from whichever
	// folder check runs: fingerprints are made of it.
	Place func(path string) string
	// Baseline holds findings that do not count any more, with paths as the run's are.
	Baseline *Baseline
	// Looked, where it is set, reports whether a checker looked at a file, or there is no
	// such file any more. What nobody looked for is not gone from the baseline.
	Looked func(path, checker string) bool
	// Touches, where it is set, reports whether a finding lies where one looks: on the
	// lines of a change.
	Touches func(Finding) bool
}

// A Named finding has its fingerprint.
type Named struct {
	Finding
	Fingerprint string `json:"fingerprint"`
	// Reason is why a comment passes over it.
	Reason string `json:"reason,omitempty"`
}

// A Review is what is left of findings under a policy, and how many went where.
type Review struct {
	// Findings count. Suppressed would, but for a comment with a reason.
	Findings   []Named
	Suppressed []Named
	// All are the findings of what was asked for that no comment passes over, whatever else the
	// policy says of them: what a new baseline holds.
	All []Named
	// LeftOut counts findings, LeftOutDefects what [Merge] makes of them: what several
	// checkers found at one place is one, and none where Findings have it, too.
	LeftOut, LeftOutDefects LeftOut
	// Gone is how many of the baseline's findings were looked for and are no longer there.
	Gone int
}

// LeftOut is how many do not count, each for one reason.
type LeftOut struct {
	// Outside are in files that were not asked for, Elsewhere lie where the policy does not
	// look, OtherCWE have other CWEs, Below are less severe, Known are in the baseline,
	// Suppressed are passed over by comments.
	Outside, Elsewhere, OtherCWE, Below, Known, Suppressed int
}

// Judge applies a policy to findings, and obeys the ignore comments of the files. read
// returns the text of a file, and false where there is none. Findings about the comments
// themselves are added.
func Judge(findings []Finding, files []File, read func(path string) (string, bool), p Policy) Review {
	ignores := map[string][]Ignore{}
	findings = slices.Clone(findings)
	var outside []Named
	findings = slices.DeleteFunc(findings, func(f Finding) bool {
		if p.Asked == nil || p.Asked(f) {
			return false
		}
		outside = append(outside, Named{Finding: f})
		return true
	})
	for _, path := range paths(findings, files) {
		source, ok := read(path)
		language, known := lang.FromPath(path)
		if !ok || !known {
			continue
		}
		found, wrong := Ignores(path, language, source)
		ignores[path] = found
		findings = append(findings, wrong...)
	}
	Sort(findings)
	place := p.Place
	if place == nil {
		place = func(path string) string { return path }
	}
	lines := map[string][]string{}
	fingerprints := Fingerprints(findings, place, func(path string) []string {
		if _, ok := lines[path]; !ok {
			source, _ := read(path)
			lines[path] = strings.Split(source, "\n")
		}
		return lines[path]
	})
	var r Review
	var held []bool
	if p.Baseline != nil {
		held, r.Gone = p.Baseline.Holds(fingerprints, func(k Known) bool {
			if _, read := ignores[k.Path]; read && k.Checker == SelfName {
				return true // the comments were looked at here
			}
			return p.Looked == nil || p.Looked(k.Path, k.Checker)
		})
	}
	var elsewhere, otherCWE, below, known []Named
	for i, f := range findings {
		n := Named{Finding: f, Fingerprint: fingerprints[i]}
		ignore := slices.IndexFunc(ignores[f.Path], func(i Ignore) bool { return i.Covers(f) })
		if ignore < 0 {
			r.All = append(r.All, n)
		}
		switch {
		case p.Touches != nil && !p.Touches(f):
			elsewhere = append(elsewhere, n)
		case len(p.CWEs) > 0 && !slices.Contains(p.CWEs, f.CWE) && f.Checker != SelfName:
			otherCWE = append(otherCWE, n)
		case f.Severity < p.Severity:
			below = append(below, n)
		case held != nil && held[i]:
			known = append(known, n)
		case ignore >= 0:
			n.Reason = ignores[f.Path][ignore].Reason
			r.Suppressed = append(r.Suppressed, n)
		default:
			r.Findings = append(r.Findings, n)
		}
	}
	r.LeftOut = LeftOut{
		Outside: len(outside), Elsewhere: len(elsewhere), OtherCWE: len(otherCWE),
		Below: len(below), Known: len(known), Suppressed: len(r.Suppressed),
	}
	// A defect is counted where a reader would first meet it.
	seen := map[defectPlace]bool{}
	distinct(r.Findings, seen)
	r.LeftOutDefects.Suppressed = distinct(r.Suppressed, seen)
	r.LeftOutDefects.Known = distinct(known, seen)
	r.LeftOutDefects.Below = distinct(below, seen)
	r.LeftOutDefects.OtherCWE = distinct(otherCWE, seen)
	r.LeftOutDefects.Elsewhere = distinct(elsewhere, seen)
	r.LeftOutDefects.Outside = distinct(outside, seen)
	return r
}

// paths are those of the files, and of findings elsewhere, each once.
func paths(findings []Finding, files []File) []string {
	all := make([]string, 0, len(files)+len(findings))
	for _, file := range files {
		all = append(all, file.Path)
	}
	for _, f := range findings {
		all = append(all, f.Path)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
