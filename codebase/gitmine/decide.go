package gitmine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// decide says of a lead whether it is a fix, and of each function whether it shows it.
func (x *examiner) decide(l *lead, files int) {
	left, best, checked := 0, 0.0, 0.0
	for i := range l.found {
		f := &l.found[i]
		if f.refused == "" {
			left++
			best, checked = max(best, f.score), max(checked, f.checked)
		}
	}
	l.score += min(max(best, 0), mostChange) + checked
	weakWords := !l.named() && l.message.score < floorWords
	switch {
	case files == 0:
		l.refused = "it changes no code of a known language, tests and code of others aside"
	case files > maxFiles:
		l.refused = fmt.Sprintf("it changes %d files, too many for one fix", files)
	case left == 0:
		l.refused = l.nothingLeft()
	case !l.named() && l.score < x.options.MinScore:
		l.refused = fmt.Sprintf("its score is %.1f, less than %g", l.score, x.options.MinScore)
	case weakWords && checked == 0:
		l.refused = "its words say too little"
	case l.named() && l.message.score < 0:
		l.refused = "its words speak against a fix"
	}
	if l.refused != "" {
		return
	}
	kept := 0
	for i := range l.found {
		f := &l.found[i]
		switch {
		case f.refused != "" || f.checked > 0:
		case weakWords:
			f.refused = "no checker found anything in it before, and the commit's words say too little"
		case f.score < leastChange && (best >= leastChange || !l.named() || l.inherited || l.merge):
			f.refused = "its change shows nothing of a fix"
		}
		if f.refused == "" {
			kept++
		}
	}
	switch {
	case kept == 0:
		l.refused = "no change of a function shows anything of a fix"
	case kept > x.options.MaxFunctions:
		l.refused = fmt.Sprintf("it changes %d functions, more than %d", kept, x.options.MaxFunctions)
	}
}

// nothingLeft says why none of the functions can be taken.
func (l *lead) nothingLeft() string {
	for _, f := range l.found {
		if !strings.HasPrefix(f.refused, "only ") {
			return f.name + ": " + f.refused
		}
	}
	return "it changes no function that was there before, but for layout and names"
}

const (
	// mostChange is the most that a change adds to a commit's score.
	mostChange = 3
	// leastChange is the least score of a change that shows a fix.
	leastChange = 1
	// floorWords is the least score that words must have without a change.
	floorWords = 2
)

// weaknesses are those of a function's fix: those that the message numbers, else those that
// a checker found before, else those that its words stand for, else what the change looks
// like.
func (l *lead) weaknesses(f *found) []codebase.CWE {
	var checked []codebase.CWE
	for _, e := range f.evidence {
		if e.Kind == "checker" && !slices.Contains(checked, e.CWE) {
			checked = append(checked, e.CWE)
		}
	}
	switch {
	case len(l.cwes) > 0:
		return l.cwes[:min(len(l.cwes), maxCWEs)]
	case len(checked) > 0:
		return checked[:min(len(checked), maxCWEs)]
	case len(l.hinted) > 0:
		return l.hinted[:min(len(l.hinted), maxCWEs)]
	}
	best := Evidence{}
	for _, e := range f.evidence {
		if e.CWE != 0 && e.Score > best.Score {
			best = e
		}
	}
	if best.CWE == 0 {
		return nil
	}
	return []codebase.CWE{best.CWE}
}

// maxCWEs is how many weaknesses an example is given.
const maxCWEs = 2
