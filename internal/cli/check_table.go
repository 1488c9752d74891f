package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

var severityColours = map[check.Severity]colour{check.High: red, check.Medium: yellow, check.Low: dim}

// writeTable writes the outcome for people: a line or two for each defect, then what was
// checked and what was not.
func (a *app) writeTable(w io.Writer, c checkOutcome) error {
	defects := check.Merge(c.review.Findings)
	places := make([]string, len(defects))
	wide := 0
	for i, d := range defects {
		places[i] = visible(placeOf(d.Finding))
		wide = max(wide, utf8.RuneCountInString(places[i]))
	}
	wide = min(wide, 40)
	for i, d := range defects {
		weakness := cmp.Or(cweOrNone(d.CWE), "-")
		fmt.Fprintf(w, "%s%s  %s  %-8s  %s (%s)\n", a.paint(w, bold, places[i]), strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(places[i]))),
			a.paint(w, severityColours[d.Severity], fmt.Sprintf("%-6s", d.Severity)), weakness, visible(strings.TrimSuffix(d.Message, ".")), strings.Join(d.Checkers, ", "))
		if d.Fix != "" {
			fmt.Fprintf(w, "%s  %s\n", strings.Repeat(" ", wide), a.paint(w, dim, "→ "+visible(d.Fix)))
		}
	}
	if len(defects) > 0 && !a.quiet {
		fmt.Fprintln(w)
	}
	var err error
	for _, line := range a.summary(c, defects) {
		_, err = fmt.Fprintln(w, line)
	}
	return err
}

func placeOf(f check.Finding) string {
	switch {
	case f.Line == 0:
		return f.Path
	case f.Column == 0:
		return fmt.Sprintf("%s:%d", f.Path, f.Line)
	}
	return fmt.Sprintf("%s:%d:%d", f.Path, f.Line, f.Column)
}

// summary are the lines below the findings. With --quiet only what nothing checked stays.
func (a *app) summary(c checkOutcome, defects []check.Defect) []string {
	var lines []string
	if !a.quiet {
		lines = append(lines, headline(c, defects))
		if used := usedCheckers(c); used != "" {
			lines = append(lines, "checked by "+used)
		}
		if left := leftOut(c); left != "" {
			lines = append(lines, "left out: "+left)
		}
		if len(c.skipped) > 0 {
			lines = append(lines, "skipped: "+visible(skippedList(c)))
		}
	}
	for _, g := range grouped(c.unchecked) {
		lines = append(lines, "not checked: "+visible(g.String()))
	}
	if others := c.ofOtherLanguages(); others != "" {
		lines = append(lines, others)
	}
	if partly := alsoChecked(c); !a.quiet {
		for i, g := range grouped(partly) {
			if i == shownReasons {
				lines = append(lines, fmt.Sprintf("and more that some checker did not look at, %s in all (--json lists them)", counted(len(partly), "file")))
				break
			}
			lines = append(lines, visible(fmt.Sprintf("not checked by %s: %s", g.checker, g)))
		}
	}
	for _, line := range checkerTroubles(c) {
		lines = append(lines, visible(line))
	}
	return lines
}

func headline(c checkOutcome, defects []check.Defect) string {
	if len(c.files)+len(defects) == 0 && c.plan.policy.Touches != nil {
		if len(c.unchecked)+len(c.others) > 0 {
			return "nothing to check: no source file that can be checked has changed"
		}
		return "nothing to check: no source file has changed"
	}
	if len(defects) == 0 {
		return fmt.Sprintf("no findings in %s", counted(len(c.files)-len(c.result.Unchecked), "checked file"))
	}
	count := map[check.Severity]int{}
	files := map[string]bool{}
	for _, d := range defects {
		count[d.Severity]++
		files[d.Path] = true
	}
	var parts []string
	for s := check.High; s >= check.Low; s-- {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[s], s))
		}
	}
	return fmt.Sprintf("%s in %s: %s", counted(len(defects), "finding"), counted(len(files), "file"), strings.Join(parts, ", "))
}

func usedCheckers(c checkOutcome) string {
	var used []string
	for _, run := range c.result.Checkers {
		if run.Checked > 0 {
			used = append(used, visible(strings.TrimSpace(run.Name+" "+run.Version))+" ("+counted(run.Checked, "file")+")")
		}
	}
	return strings.Join(used, ", ")
}

// leftOut counts the findings that are not shown, as the table would show them: what several
// checkers found at one place is one.
func leftOut(c checkOutcome) string {
	var parts []string
	left := c.review.LeftOutDefects
	for _, l := range []struct {
		n    int
		what string
	}{
		{left.Suppressed, "passed over by comments"},
		{left.Known, "of the baseline"},
		{left.Below, fmt.Sprintf("below %s severity (--severity %s shows them)", c.plan.policy.Severity, check.Low)},
		{left.OtherCWE, "of other CWEs"},
		{left.Elsewhere, "on lines that did not change"},
		{left.Outside, "in files that were not asked for"},
	} {
		if l.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", l.n, l.what))
		}
	}
	if n := c.review.Gone; n > 0 {
		parts = append(parts, fmt.Sprintf("the baseline has %d that are gone, each checker's counted", n))
	}
	return strings.Join(parts, ", ")
}

// shownPaths is how many paths a line of the summary names.
const shownPaths = 3

// shownReasons is how many reasons the summary gives for files that only some checker
// could not look at.
const shownReasons = 5

func skippedList(c checkOutcome) string {
	var parts []string
	for i, s := range c.skipped {
		if i == shownPaths {
			parts = append(parts, fmt.Sprintf("and %d more", len(c.skipped)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", s.Path, s.Why))
	}
	return strings.Join(parts, ", ")
}

// An uncheckedGroup is files that were not checked for one reason.
type uncheckedGroup struct {
	checker, language, why string
	paths                  []string
}

// grouped puts together what was not checked for the same reason.
func grouped(all []check.Unchecked) []uncheckedGroup {
	var groups []uncheckedGroup
	for _, u := range all {
		language, _ := lang.FromPath(u.Path)
		i := slices.IndexFunc(groups, func(g uncheckedGroup) bool {
			return g.checker == u.Checker && g.why == u.Why && g.language == string(language)
		})
		if i < 0 {
			i = len(groups)
			groups = append(groups, uncheckedGroup{u.Checker, string(language), u.Why, nil})
		}
		groups[i].paths = append(groups[i].paths, u.Path)
	}
	return groups
}

// String is as in "2 java files (A.java, B.java): no checker for java".
func (g uncheckedGroup) String() string {
	shown := strings.Join(g.paths[:min(len(g.paths), shownPaths)], ", ")
	if more := len(g.paths) - shownPaths; more > 0 {
		shown += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%s (%s): %s", counted(len(g.paths), strings.TrimSpace(g.language+" file")), shown, g.why)
}

// alsoChecked are the files that some checker could not look at, although another did.
// Those of checkers that failed are left to checkerTroubles.
func alsoChecked(c checkOutcome) []check.Unchecked {
	var some []check.Unchecked
	for _, p := range c.result.Partly {
		nobody := slices.ContainsFunc(c.result.Unchecked, func(u check.Unchecked) bool { return u.Path == p.Path })
		failed := slices.ContainsFunc(c.result.Checkers, func(r check.CheckerRun) bool { return r.Name == p.Checker && r.State == check.Failed })
		if !nobody && !failed {
			some = append(some, p)
		}
	}
	return some
}

// checkerTroubles are lines about the checkers that failed or are missing.
func checkerTroubles(c checkOutcome) []string {
	var lines []string
	for _, run := range c.result.Checkers {
		switch run.State {
		case check.Failed:
			if run.Files == 0 {
				lines = append(lines, run.Name+" failed: "+run.Why)
				continue
			}
			lines = append(lines, fmt.Sprintf("%s failed on %d of %s: %s", run.Name, run.Files-run.Checked, counted(run.Files, "file"), run.Why))
		case check.Missing:
			lines = append(lines, fmt.Sprintf("%s (it would look at %s)", run.Why, counted(run.Files, "file")))
		}
	}
	return lines
}
