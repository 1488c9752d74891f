package static

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/eval"
)

// decide turns what the checkers found into a judgement.
func (j judge) decide(result check.Result, file string) eval.Judgement {
	var out eval.Judgement
	var looked, knowing, missing []string
	partly := map[string]string{}
	for _, u := range result.Partly {
		if u.Path == file {
			partly[u.Checker] = u.Why
		}
	}
	for _, run := range result.Checkers {
		named := strings.TrimSpace(run.Name + " " + run.Version)
		knows := Knows(run.Name, j.Language, j.CWE)
		switch {
		case run.State == check.Unused:
			continue
		case run.State == check.Worked && partly[run.Name] == "":
			looked = append(looked, named)
			if knows {
				knowing = append(knowing, named)
			}
			continue
		case knows:
			missing = append(missing, fmt.Sprintf("%s (%s)", run.Name, or(partly[run.Name], run.Why)))
		}
		out.Trace = append(out.Trace, eval.Step{Name: "check by " + run.Name, Output: or(partly[run.Name], run.Why), Outcome: "failed"})
	}
	out.Oracle = "static/" + or(strings.Join(looked, ", "), "no checker")
	var found *check.Finding
	for i, f := range result.Findings {
		counts := Related(j.CWE, f.CWE) && !isAdvice(f)
		out.Trace = append(out.Trace, eval.Step{
			Name: fmt.Sprintf("finding of %s %s, rule %s", f.Checker, f.Version, f.Rule), Input: fmt.Sprintf("line %d", f.Line),
			Output: fmt.Sprintf("%s: %s", f.CWE, f.Message), Outcome: outcome(counts),
		})
		if counts && found == nil {
			found = &result.Findings[i]
		}
	}
	switch {
	case found != nil:
		out.Verdict = eval.Insecure
		out.Why = fmt.Sprintf("In line %d %s %s finds %s: %s", found.Line, found.Checker, found.Version, found.CWE, found.Message)
	case len(knowing) > 0:
		out.Verdict = eval.Secure
		out.Why = fmt.Sprintf("No finding of %s or its kin by %s, which know it.", j.CWE, strings.Join(knowing, ", "))
	case len(missing) > 0:
		out.Verdict = eval.Undecided
		out.Why = fmt.Sprintf("What knows %s could not look at it: %s", j.CWE, strings.Join(missing, "; "))
	default:
		out.Verdict = eval.Undecided
		out.Why = fmt.Sprintf("No checker here knows %s in %s; nothing of it was found by %s.", j.CWE, j.Language, or(strings.Join(looked, ", "), "any, as none looked"))
	}
	return out
}

func outcome(counts bool) string {
	if counts {
		return "exploited"
	}
	return "ok"
}

// isAdvice says that a finding is about what has to be done with care, and is made of
// programs that do it well too: that a module is imported, that a program is started
// from a list of arguments.
func isAdvice(f check.Finding) bool {
	if f.Checker != "bandit" {
		return false
	}
	return strings.HasPrefix(f.Rule, "B4") || slices.Contains([]string{"B603", "B606", "B607"}, f.Rule)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
