package cli

import "testing"

func TestVisible(t *testing.T) {
	tests := map[string]struct{ text, line, code string }{
		"plain":            {"größer → ✓", "größer → ✓", "größer → ✓"},
		"lines":            {"a\n\tb", `a\n\tb`, "a\n\tb"},
		"escape":           {"\x1b[2J\a\r", `\x1b[2J\a\r`, `\x1b[2J\a\r`},
		"C1":               {"\u009b31m\x7f", `\u009b31m\x7f`, `\u009b31m\x7f`},
		"no UTF-8":         {"\x9b31m é", `\x9b31m é`, `\x9b31m é`},
		"other directions": {"a\u202eb\u2066", `a\u202eb\u2066`, `a\u202eb\u2066`},
		"line separator":   {"a\u2028b", `a\u2028b`, `a\u2028b`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := visible(test.text); got != test.line {
				t.Errorf("as a line: %q, want %q", got, test.line)
			}
			if got := visibleCode(test.text); got != test.code {
				t.Errorf("as code: %q, want %q", got, test.code)
			}
		})
	}
}
