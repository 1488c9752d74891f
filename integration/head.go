package integration

import (
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

const byteOrderMark = "\uFEFF"

var (
	// codingLine is the comment by which a Python file names its encoding (PEP 263).
	codingLine = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`)
	// buildLine is a Go build constraint, of the new form or the old.
	buildLine = regexp.MustCompile(`^//(?:go:build\b|\s*\+build\b)`)
)

// Head is the length in bytes of what must stay first in the user's code, before
// any demonstration: a byte order mark; a "#!" line (JavaScript, TypeScript,
// Python); a coding line (Python); build constraints (Go).
func Head(l lang.Language, prefix string) int {
	n := 0
	if strings.HasPrefix(prefix, byteOrderMark) {
		n = len(byteOrderMark)
	}
	switch l {
	case lang.JavaScript, lang.TypeScript:
		n += firstLine(prefix[n:], "#!")
	case lang.Python:
		n += pythonHead(prefix[n:])
	case lang.Go:
		n += goHead(prefix[n:])
	}
	return n
}

// headUnfinished reports whether the code behind the head begins with a line that
// must be the file's first and has no end yet. There is no place for a block then.
func (b block) headUnfinished() bool {
	js := b.language == lang.JavaScript || b.language == lang.TypeScript
	return js && strings.HasPrefix(b.prefix, "#!")
}

// firstLine is the length of the first line, with its end, if it starts so.
func firstLine(code, start string) int {
	if !strings.HasPrefix(code, start) {
		return 0
	}
	return strings.IndexByte(code, '\n') + 1
}

// pythonHead takes the first line if it is "#!", and the first two if one of them
// names the encoding.
func pythonHead(code string) int {
	head := firstLine(code, "#!")
	n := 0
	for range 2 {
		line, _, ended := strings.Cut(code[n:], "\n")
		if !ended {
			break
		}
		n += len(line) + 1
		if codingLine.MatchString(line) {
			return n
		}
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' {
			break
		}
	}
	return head
}

// foreignCoding reports whether a Python head names an encoding other than UTF-8.
func foreignCoding(head string) bool {
	for line := range strings.Lines(head) {
		if m := codingLine.FindStringSubmatch(line); m != nil {
			name := strings.ReplaceAll(strings.ToLower(m[1]), "_", "-")
			return name != "utf8" && !strings.HasPrefix(name, "utf-8")
		}
	}
	return false
}

// goHead takes the comment lines at the start up to the last build constraint and
// the empty line that must follow it: constraints of the old form are not seen
// behind a block comment.
func goHead(code string) int {
	head, n, constrained := 0, 0, false
	for line := range strings.Lines(code) {
		if !strings.HasSuffix(line, "\n") {
			break
		}
		n += len(line)
		text := strings.TrimSpace(line)
		switch {
		case text == "" && constrained:
			head, constrained = n, false
		case buildLine.MatchString(text):
			head, constrained = n, true
		case text != "" && !strings.HasPrefix(text, "//"):
			return head
		}
	}
	return head
}
