package gitmine

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
)

// TestGone has two functions, in lines 1 to 9 and 11 to 19 of a file, and what checkers
// found in it before and after.
func TestGone(t *testing.T) {
	pairs := []pair{{name: "f", old: span{1, 9}, now: span{1, 9}}, {name: "g", old: span{11, 19}, now: span{11, 19}}}
	found := func(checker string, cwe check.CWE, line int) check.Finding {
		return check.Finding{Checker: checker, CWE: cwe, Line: line, Rule: "R", Severity: check.Medium, Message: "wrong"}
	}
	a78 := found("a", 78, 5)
	worse := a78
	worse.Severity = check.High
	type findings = []check.Finding
	for name, test := range map[string]struct {
		before, after findings
		// more is what was found in another file before and after; it is new where only after.
		moreBefore, moreAfter findings
		isNew                 bool
		passed                string
		want                  string
	}{
		"gone":                            {before: findings{a78}, want: "1: a R at line 5 is gone: wrong"},
		"still there":                     {before: findings{a78}, after: findings{a78}},
		"one of two":                      {before: findings{a78, a78}, after: findings{a78}},
		"both":                            {before: findings{a78, worse}, want: "1: a R at line 5 is gone: wrong (and 1 more)"},
		"in another line":                 {before: findings{a78}, after: findings{found("a", 78, 9)}},
		"in another function":             {before: findings{a78}, after: findings{found("a", 78, 12)}},
		"around the functions":            {before: findings{a78}, after: findings{found("a", 78, 30)}},
		"in another file":                 {before: findings{a78}, moreAfter: findings{a78}},
		"in a new file":                   {before: findings{a78}, moreAfter: findings{a78}, isNew: true},
		"there before in another file":    {before: findings{a78}, moreBefore: findings{a78}, moreAfter: findings{a78}, want: "1: a R at line 5 is gone: wrong"},
		"another weakness is new":         {before: findings{a78}, after: findings{found("a", 89, 5)}, want: "1: a R at line 5 is gone: wrong"},
		"another checker still finds it":  {before: findings{a78}, after: findings{found("b", 78, 6)}},
		"two checkers":                    {before: findings{a78, found("b", 78, 5)}, want: "1: a R at line 5 is gone: wrong; b R at line 5 is gone: wrong"},
		"the second function":             {before: findings{found("a", 78, 11)}, want: "11: a R at line 11 is gone: wrong"},
		"around the functions, before":    {before: findings{found("a", 78, 30)}},
		"not looked at in full":           {before: findings{a78}, passed: "a"},
		"not looked at by another":        {before: findings{a78}, passed: "b", want: "1: a R at line 5 is gone: wrong"},
		"a new file not looked at":        {before: findings{a78}, passed: "a", isNew: true},
		"nothing found before, but after": {after: findings{a78}},
	} {
		t.Run(name, func(t *testing.T) {
			files := []checkedFile{
				{path: "x", pairs: pairs, before: &checked{findings: test.before}, after: &checked{findings: test.after}},
				{path: "y", before: &checked{findings: test.moreBefore}, after: &checked{findings: test.moreAfter, passed: map[string]string{test.passed: "it cannot be read"}}},
			}
			if test.isNew {
				files[1].before = nil
			}
			c := Checking{Score: 6}
			var got []string
			for _, m := range c.gone(files) {
				var texts []string
				for _, e := range m.Evidence {
					texts = append(texts, e.Text)
				}
				if m.Path != "x" || m.Line != 1 && m.Line != 11 {
					t.Errorf("%+v", m)
				}
				got = append(got, map[int]string{1: "1: ", 11: "11: "}[m.Line]+strings.Join(texts, "; "))
			}
			if text := strings.Join(got, "\n"); text != test.want {
				t.Errorf("%q, expected %q", text, test.want)
			}
		})
	}
}
