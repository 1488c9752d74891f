package sven

import (
	"strings"
	"testing"
)

func TestTruncate(t *testing.T) {
	tests := []struct {
		name     string
		truncate func(string) string
		in, want string
	}{
		{"python ends before the next function", truncatePython, "\n    return 1\n\ndef g():\n    pass", "\n    return 1\n"},
		{"python: an empty line does not end it", truncatePython, "\n    a = 1\n\n    return a\nprint(1)", "\n    a = 1\n\n    return a"},
		{"python: a comment at the margin ends it", truncatePython, "\n    a = 1\n# next", "\n    a = 1"},
		{"python stopped by the limit loses its last comment", truncatePython, "\n    # one\n    a = 1\n    # two\n    b", "\n    # one\n    a = 1"},
		{"python stopped in a deeper comment keeps it", truncatePython, "\n    if a:\n        # two\n        b", "\n    if a:\n        # two\n        b"},
		{"python: a line break at the end is no margin", truncatePython, "\n    return 1\n", "\n    return 1\n"},
		{"python: a no-break space is white space", truncatePython, "\n    a\n\u00a0b\nc", "\n    a\n\u00a0b"},
		{"python: nothing", truncatePython, "", ""},
		{"c ends with its brace", truncateC, "\n    return 0;\n}\n\nint g() {\n}", "\n    return 0;\n}"},
		{"c: an inner brace does not end it", truncateC, "\n    if (a) {\n    }\n    return 0;\n}", "\n    if (a) {\n    }\n    return 0;\n}"},
		{"c stopped by the limit is closed before its last comment", truncateC, "\n    a();\n    // b\n    c(", "\n    a();\n}"},
		{"c: both forms of comment", truncateC, "\n    a();\n    /* b */\n    c();\n    // d", "\n    a();\n}"},
		{"c stopped without a comment stays open", truncateC, "\n    a(", "\n    a("},
		{"c loses lines that set a name", truncateC, "\n    p->name = \"x\";\n    p->status = 0;\n}", "\n    p->status = 0;\n}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.truncate(test.in); got != test.want {
				t.Errorf("got %q, expected %q", got, test.want)
			}
		})
	}
}

// What a generator cuts as soon as a completion has ended must be what would have been
// cut of the whole.
func FuzzEndedCompletionsAreCutAlike(f *testing.F) {
	f.Add("\n    return 1\n\ndef g():\n    pass")
	f.Add("\n    a();\n}\nint x;\n    // c\n}")
	f.Add("\n\x1cé\n")
	f.Fuzz(func(t *testing.T, text string) {
		for name, rule := range map[string]struct {
			ended    func(string) bool
			truncate func(string) string
		}{"python": {endedPython, truncatePython}, "c": {endedC, truncateC}} {
			whole := rule.truncate(text)
			for end := range len(text) + 1 {
				if !rule.ended(text[:end]) || strings.ToValidUTF8(text[:end], "") != text[:end] {
					continue
				}
				if got := rule.truncate(text[:end]); got != whole {
					t.Fatalf("%s: %q is cut to %q, its beginning %q to %q", name, text, whole, text[:end], got)
				}
				break
			}
		}
	})
}
