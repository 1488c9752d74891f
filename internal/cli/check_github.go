package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// writeGitHub writes workflow commands, from which GitHub Actions makes annotations of
// the lines: one a defect, and one for each reason why something was not checked.
func writeGitHub(w io.Writer, c checkOutcome) error {
	for _, d := range check.Merge(c.review.Findings) {
		command := map[check.Severity]string{check.High: "error", check.Medium: "warning", check.Low: "notice"}[d.Severity]
		fmt.Fprintf(w, "::%s file=%s", command, githubProperty(d.Path))
		for _, at := range []struct {
			name  string
			value int
		}{{"line", d.Line}, {"endLine", d.EndLine}, {"col", d.Column}, {"endColumn", d.EndColumn}} {
			// GitHub takes columns for findings within one line only.
			if at.value > 0 && (d.EndLine <= d.Line || !strings.Contains(strings.ToLower(at.name), "col")) {
				fmt.Fprintf(w, ",%s=%d", at.name, at.value)
			}
		}
		title := strings.TrimSpace(cweOrNone(d.CWE) + " " + d.CWE.Name())
		if title == "" {
			title = d.Rule
		}
		text := fmt.Sprintf("%s\n%s(%s, %s)", d.Message, ifAny(d.Fix, "\n"), strings.Join(d.Checkers, ", "), d.Rule)
		if _, err := fmt.Fprintf(w, ",title=%s::%s\n", githubProperty(title), githubText(text)); err != nil {
			return err
		}
	}
	for _, g := range grouped(c.unchecked) {
		if _, err := fmt.Fprintf(w, "::warning title=not checked::%s\n", githubText(g.String())); err != nil {
			return err
		}
	}
	if others := c.ofOtherLanguages(); others != "" {
		if _, err := fmt.Fprintf(w, "::notice title=not checked::%s\n", githubText(others)); err != nil {
			return err
		}
	}
	for _, line := range checkerTroubles(c) {
		if _, err := fmt.Fprintf(w, "::warning title=checker::%s\n", githubText(line)); err != nil {
			return err
		}
	}
	return nil
}

func cweOrNone(c check.CWE) string {
	if c == 0 {
		return ""
	}
	return c.String()
}

// ifAny is a text with an end, or nothing.
func ifAny(text, end string) string {
	if text == "" {
		return ""
	}
	return text + end
}

// githubText escapes the data of a workflow command, so that no line of a message is a
// command of its own.
func githubText(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = visible(lines[i])
	}
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(strings.Join(lines, "\n"))
}

// githubProperty escapes the value of a property.
func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubText(s))
}
