package codebase_test

import (
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func TestFingerprint(t *testing.T) {
	base := codebase.Example{Language: lang.C, Code: "int f(int a) { return a + 1; }\n"}
	same := map[string]codebase.Example{
		"layout":          {Language: lang.C, Code: "int f(int a)\n{\n\treturn a+1;\n}"},
		"comments":        {Language: lang.C, Code: "// adds\nint f(int a) { /* one */ return a + 1; }\n"},
		"C++ for C":       {Language: lang.CPP, Code: base.Code},
		"another licence": {Language: lang.C, Code: base.Code, Source: codebase.Source{Licence: "MIT"}},
	}
	for name, e := range same {
		if codebase.Fingerprint(e) != codebase.Fingerprint(base) {
			t.Errorf("%s: the fingerprint differs", name)
		}
	}
	different := map[string]string{
		"name":     "int f(int b) { return b + 1; }",
		"number":   "int f(int a) { return a + 2; }",
		"joined":   "intf(int a) { return a + 1; }",
		"operator": "int f(int a) { return a - 1; }",
	}
	for name, code := range different {
		if codebase.Fingerprint(codebase.Example{Language: lang.C, Code: code}) == codebase.Fingerprint(base) {
			t.Errorf("%s: the fingerprint is the same", name)
		}
	}
	// White space within a string is not layout.
	a := codebase.Example{Language: lang.Python, Code: "x = 'a b'"}
	b := codebase.Example{Language: lang.Python, Code: "x = 'a  b'"}
	if codebase.Fingerprint(a) == codebase.Fingerprint(b) {
		t.Error("strings that differ give one fingerprint")
	}
}

func TestShingles(t *testing.T) {
	of := func(code string) codebase.Shingles { return codebase.NewShingles(lang.Python, code, 3) }
	tests := map[string]struct {
		a, b                 string
		jaccard, containment float64
	}{
		"equal":            {"a = b + c", "a = b + c", 1, 1},
		"literals":         {"a = 'x' + 1  # note", "a = \"y\" + 22", 1, 1},
		"nothing common":   {"a = b + c", "d = e + f", 0, 0},
		"half":             {"a = b + c", "a = b + d", 0.5, 2. / 3},
		"within":           {"a = b", "x\na = b\ny", 1. / 3, 1},
		"fewer tokens":     {"a", "a", 1, 1},
		"empty and other":  {"", "a = b", 0, 0},
		"empty and empty":  {"", "# only this", 0, 0},
		"order of members": {"f(a)\ng(b)", "g(b)\nf(a)", 4. / 8, 4. / 6},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := of(test.a), of(test.b)
			if got := a.Jaccard(b); got != test.jaccard || b.Jaccard(a) != got {
				t.Errorf("Jaccard = %v and %v, want %v", got, b.Jaccard(a), test.jaccard)
			}
			if got := a.Containment(b); got != test.containment {
				t.Errorf("Containment = %v, want %v", got, test.containment)
			}
		})
	}
}
