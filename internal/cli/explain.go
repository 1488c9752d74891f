package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/integration"
)

// explainPrompt says which demonstration was chosen and why.
func (a *app) explainPrompt(p seccoder.Integrated) {
	for _, d := range p.Used {
		a.note("%s %s", a.paint(a.err, bold, "demonstration:"), describe(d))
	}
	a.explainSkipped(p.Used, p.Skipped)
	if p.CutBytes > 0 {
		a.warn("the code before the cursor does not fit the context: its first %d bytes were left out", p.CutBytes)
	}
	if p.SuffixLeftOut {
		a.note("the model cannot fill in the middle: it does not see the code behind the cursor")
	}
	if p.SuffixCutBytes > 0 {
		a.warn("the code behind the cursor does not fit the context: its last %d bytes were left out", p.SuffixCutBytes)
	}
}

// explainSkipped says which examples were passed over and why.
func (a *app) explainSkipped(used []seccoder.Demonstration, skipped []integration.Skip) {
	if len(skipped) == 0 {
		return
	}
	var reasons []string
	for _, s := range skipped {
		if !slices.Contains(reasons, string(s.Reason)) {
			reasons = append(reasons, string(s.Reason))
		}
	}
	what := "passed over"
	if len(used) == 0 {
		what = "no demonstration; passed over"
	}
	a.note("%s: %s (%s)", what, counted(len(skipped), "example"), strings.Join(reasons, "; "))
}

// describe is a line on a demonstration: what it shows and why it was chosen.
func describe(d seccoder.Demonstration) string {
	return describeMarked(d, "", func(text string) string { return text })
}

// describeMarked is describe with the example's own words as mark makes them, and with what
// the confidence means.
func describeMarked(d seccoder.Demonstration, meaning string, mark func(string) string) string {
	e := d.Example
	var cwes []string
	for _, c := range e.CWEs {
		cwes = append(cwes, c.String())
	}
	text := strings.Join(append(cwes, mark(visible(e.Title))), " ")
	if e.Fix != "" {
		text += "\n  it shows: " + mark(visible(e.Fix))
	}
	if d.Why != "" {
		text += "\n  chosen because: " + visible(d.Why)
	}
	if d.Confidence > 0 {
		text += fmt.Sprintf("; confidence %.2f%s", d.Confidence, meaning)
	}
	if e.Source.Kind != "" { // a file that the user names as an example is in no codebase
		text += fmt.Sprintf("\n  example %.12s", e.ID)
		if e.Source.Path != "" {
			text += ", " + visible(e.Source.Path)
		}
	}
	return text
}

func (a *app) showDemonstration(p seccoder.Integrated) {
	for line := range strings.Lines(p.Demonstration) {
		fmt.Fprint(a.err, a.paint(a.err, dim, "  | "), a.shown(a.err, line))
	}
}

// explainResult says what is to be known of the completions, and where the time went.
func (a *app) explainResult(r seccoder.Result) {
	for i, c := range r.Completions {
		which := "the completion"
		if len(r.Completions) > 1 {
			which = fmt.Sprintf("completion %d", i+1)
		}
		if len(c.ForeignNames) > 0 {
			a.warn("%s uses names that only the demonstration defines: %s", which, visible(strings.Join(c.ForeignNames, ", ")))
		}
		if c.Retries > 0 {
			a.note("%s was taken up again %s to avoid names that only the demonstration defines", which, counted(c.Retries, "time"))
		}
		if c.Finish == generation.FinishLength {
			a.note("%s ends where --max-tokens cut it off", which)
		}
	}
	u, t := r.Usage, r.Timing
	prompt := counted(u.PromptTokens, "prompt token")
	if u.CachedTokens > 0 {
		prompt += fmt.Sprintf(" (%d of them reused)", u.CachedTokens)
	}
	a.note("%s", a.paint(a.err, dim, fmt.Sprintf("%s, %s; retrieval %s, first token after %s, %s in all", prompt,
		counted(u.CompletionTokens, "completion token"), round(t.Retrieval), round(t.Retrieval+t.Integration+t.Prefill), round(t.Total))))
}

// counted is a number and what it counts.
func counted(n int, what string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(what, "ch"), strings.HasSuffix(what, "x"):
		what += "es"
	case strings.HasSuffix(what, "ry"):
		what = strings.TrimSuffix(what, "y") + "ies"
	default:
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
