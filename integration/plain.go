package integration

import (
	"strings"
	"unicode"
)

// plain makes an example's code fit to be read as text by a person, a model and
// every compiler: valid UTF-8, lines ended by \n, no control characters, nothing
// invisible and nothing that changes the order in which characters are shown
// (bidirectional controls). Empty lines around the code and space behind it go.
//
// It comes before all other treatment: what it takes out could otherwise hide a
// delimiter, as in "*", zero-width space, "/".
func plain(code string) string {
	code = strings.ToValidUTF8(code, "\uFFFD")
	code = strings.ReplaceAll(code, "\r\n", "\n")
	code = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case r == '\u2028' || r == '\u2029':
			return ' ' // line ends to JavaScript, and to nobody else
		case unicode.IsControl(r) || invisible(r):
			return -1
		}
		return r
	}, code)
	code = strings.TrimRightFunc(code, unicode.IsSpace)
	for {
		line, rest, more := strings.Cut(code, "\n")
		if !more || strings.TrimSpace(line) != "" {
			return code
		}
		code = rest
	}
}

// invisible reports whether a character has no shape of its own.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// commented puts marker before every line of code.
func commented(marker, code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		b.WriteString(strings.TrimRightFunc(marker+" "+line, unicode.IsSpace))
		b.WriteByte('\n')
	}
	return b.String()
}
