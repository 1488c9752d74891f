package integration

import (
	"regexp"
	"strings"
)

// python renders the paper's template: a docstring that holds the code in a
// fenced block. Several examples get a fence each in one docstring, so that the
// program gains one string expression and no more.
func (b block) python(codes []string) string {
	if foreignCoding(b.head) {
		codes = ascii(codes)
	}
	body := fenced(codes)
	if b.readsDocstring() {
		// The code must not stand on the file's first two lines, where it could pass for
		// a coding line (PEP 263).
		return "#\n" + commented("#", body)
	}
	open, end := `"""`, `"""`
	switch {
	case !strings.Contains(body, `"""`):
	case !strings.Contains(body, `'''`):
		open, end = `'''`, `'''`
	default:
		body = strings.NewReplacer(`\`, `\\`, `"""`, `\"\"\"`).Replace(body)
		return open + "\n" + body + end + "\n"
	}
	if strings.Contains(body, `\`) {
		open = "r" + open // escapes that mean nothing, such as \N or \u12, are errors elsewhere
	}
	return open + "\n" + body + end + "\n"
}

// fenced puts each code into a Markdown block whose fence is longer than any run
// of backticks inside.
func fenced(codes []string) string {
	length := 3
	for _, code := range codes {
		run := 0
		for _, c := range []byte(code) {
			if c != '`' {
				run = 0
				continue
			}
			run++
			length = max(length, run+1)
		}
	}
	fence := strings.Repeat("`", length)
	blocks := make([]string, len(codes))
	for i, code := range codes {
		blocks[i] = fence + "python\n" + code + "\n" + fence + "\n"
	}
	return strings.Join(blocks, "\n")
}

// commentLine matches a line that holds a comment and no code.
var commentLine = regexp.MustCompile(`(?m)^[ \t\f]*#.*$`)

// readsDocstring reports whether a leading string would change what the user's
// code does: it reads its own docstring, or has one before imports from
// __future__, which may follow one string but not two.
func (b block) readsDocstring() bool {
	before, _, future := strings.Cut(b.prefix+b.suffix, "__future__")
	before = commentLine.ReplaceAllString(before, "")
	return b.mentions("__doc__") || future && strings.ContainsAny(before, `"'`)
}

// mentions reports whether the user's code holds one of the words.
func (b block) mentions(words ...string) bool {
	for _, word := range words {
		if strings.Contains(b.prefix, word) || strings.Contains(b.suffix, word) {
			return true
		}
	}
	return false
}

// ascii replaces what a file that is not in UTF-8 could not hold.
func ascii(codes []string) []string {
	plain := make([]string, len(codes))
	for i, code := range codes {
		plain[i] = strings.Map(func(r rune) rune {
			if r > '~' {
				return '?'
			}
			return r
		}, code)
	}
	return plain
}
