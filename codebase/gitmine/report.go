package gitmine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// candidate is a lead for the report.
func (l *lead) candidate() Candidate {
	c := Candidate{
		Commit: l.id, Date: l.date, Subject: l.subject, Taken: l.refused == "", Reason: l.refused, Score: l.score,
		Vulnerabilities: append([]string{}, l.ids...), CWEs: append([]codebase.CWE{}, l.cwes...),
		Evidence: append([]Evidence{}, l.evidence...), Functions: []Function{}, Skipped: append([]Skipped{}, l.skipped...),
	}
	if c.Taken {
		c.Reason = l.whyTaken()
	}
	if len(c.CWEs) == 0 {
		c.CWEs = append(c.CWEs, l.hinted[:min(len(l.hinted), maxCWEs)]...)
	}
	for i := range l.found {
		f := &l.found[i]
		g := Function{Path: f.path, Name: oneLine(f.name), Language: f.language, Taken: c.Taken && f.refused == "", Reason: f.refused, Evidence: append([]Evidence{}, f.evidence...)}
		if g.Taken {
			g.Example, g.Reason = f.example.ID, "its change shows a fix"
			switch {
			case f.checked > 0:
				g.Reason = "what a checker found in it is gone"
			case f.score < leastChange:
				g.Reason = "the fix changes it"
			}
		} else if g.Reason == "" {
			g.Reason = "the commit was not taken"
		}
		c.Functions = append(c.Functions, g)
	}
	return c
}

// whyTaken says in a line what speaks for a lead.
func (l *lead) whyTaken() string {
	if len(l.ids) > 0 {
		return "it names " + strings.Join(l.ids, ", ")
	}
	if len(l.cwes) > 0 {
		return "it names " + l.cwes[0].String()
	}
	evidence := slices.Clone(l.evidence)
	for _, m := range l.mended {
		evidence = append(evidence, m.Evidence...)
	}
	slices.SortStableFunc(evidence, func(a, b Evidence) int { return cmp.Compare(b.Score, a.Score) })
	var words []string
	for _, e := range evidence {
		if e.Score > 0 && len(words) < 4 {
			words = append(words, e.Text)
		}
	}
	return fmt.Sprintf("score %.1f: %s", l.score, strings.Join(words, ", "))
}
