package seccoder

import "testing"

func TestNextLine(t *testing.T) {
	for name, test := range map[string]struct{ suffix, want string }{
		"next line":             {"\n    return row\n", "    return row"},
		"blank lines between":   {"\n\n  \n    return row\n", "    return row"},
		"rest of the own line":  {")\n    return row\n", "    return row"},
		"a bracket says little": {"\n}\n\nint main(void)\n", ""},
		"nothing":               {"\n\n", ""},
		"no more lines":         {")", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := nextLine(test.suffix); got != test.want {
				t.Errorf("next line of %q is %q, expected %q", test.suffix, got, test.want)
			}
		})
	}
}

func TestRepeats(t *testing.T) {
	const line = "    return row"
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"not there":          {"row = fetch()\n    return other\n", -1},
		"as the last line":   {"row = fetch()\n    return row", 13},
		"with more behind":   {"row = fetch()\n    return row\n\n\ndef f():", 13},
		"a longer line":      {"row = fetch()\n    return rows", -1},
		"longer, then equal": {"a\n    return rows\n    return row\n", 17},
		"deeper indentation": {"if a:\n        return row\n", -1},
		"first line":         {"    return row\n", -1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := repeats(test.text, line); got != test.want {
				t.Errorf("%q repeats at %d, expected %d", test.text, got, test.want)
			}
		})
	}
}
