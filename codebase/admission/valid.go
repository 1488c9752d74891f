package admission

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
)

// judgeValid rejects what no store takes, and a fix that fixes nothing.
func judgeValid(c *Candidate) codebase.Outcome {
	if err := c.Validate(); err != nil {
		return rejects("%v", err)
	}
	if len(c.CWEs) == 0 {
		return rejects("it names no CWE: which weakness does the code avoid?")
	}
	if p := c.print(); p.insecure == p.code {
		return rejects("it differs from its insecure twin in layout and comments only")
	}
	return accepts("")
}

// maxReason bounds a reason, in bytes.
const maxReason = 400

// oneLine makes a text that may quote code fit to be kept as a reason: one line of
// visible characters, not too long.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || invisible(r) || r == utf8.RuneError:
			return '?'
		}
		return r
	}, text)
	if len(text) > maxReason {
		text = strings.ToValidUTF8(text[:maxReason], "") + " …"
	}
	return text
}
