package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Titles, paths and code come from strangers and from models. A terminal obeys the
// control characters in them: one could repaint what the user reads, or hide a line of
// code. So they are shown as Go writes them in quotes, as in \x1b.

// visible is a text of one line with its control characters escaped, line ends too.
func visible(text string) string { return escaped(text, "") }

// shown is code as it is written to w: as it is for a file or a program, with control
// characters escaped for a terminal.
func (a *app) shown(w io.Writer, code string) string {
	if !isTerminal(w) {
		return code
	}
	return visibleCode(code)
}

// visibleCode escapes the control characters of code but for line ends and tabs.
func visibleCode(code string) string { return escaped(code, "\n\t") }

// escaped escapes what is no visible text, but for the characters in keep. Characters
// that reorder or hide text (of Unicode's class Cf) are none.
func escaped(text, keep string) string {
	hidden := func(r rune) bool {
		return (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') && !strings.ContainsRune(keep, r)
	}
	if strings.IndexFunc(text, hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i]) // some terminals obey single bytes, too
		case hidden(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
