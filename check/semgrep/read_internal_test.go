package semgrep

import (
	"reflect"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

func asked(names ...string) []check.File {
	var files []check.File
	for _, name := range names {
		files = append(files, check.File{Path: name, Language: lang.Python})
	}
	return files
}

// What several versions say about files that they could not look at.
func TestUnchecked(t *testing.T) {
	tests := []struct{ name, json, want string }{
		{"all well", `"errors": [], "paths": {"scanned": ["a.py"]}`, ""},
		{"another way to write the path", `"errors": [], "paths": {"scanned": ["./a.py"]}`, ""},
		{"passed over", `"errors": [], "paths": {"scanned": []}`, "semgrep passed it over (does it know the ending of its name?)"},
		{"passed over, with a reason", `"errors": [], "paths": {"scanned": [], "skipped": [{"path": "a.py", "reason": "exceeded_size_limit"}]}`, "semgrep passed it over: exceeded size limit"},
		{"skipped is null", `"errors": [], "paths": {"scanned": ["a.py"], "skipped": null}`, ""},
		{
			"partly, as of 1.100", `"errors": [{"code": 3, "level": "warn", "type": ["PartialParsing", [{"path": "a.py"}]], "message": "Syntax error", "path": "a.py", "spans": [{"file": "a.py", "start": {"line": 7, "col": 1}}]}], "paths": {"scanned": ["a.py"]}`,
			"only partly: semgrep does not understand line 7",
		},
		{"syntax, as of 1.45", `"errors": [{"code": 3, "level": "warn", "type": "Syntax error", "message": "Syntax error at line a.py:1:\n ` + "`:`" + ` was unexpected", "path": "a.py"}], "paths": {"scanned": ["a.py"]}`, "Syntax error at line a.py:1: `:` was unexpected"},
		{"time", `"errors": [{"code": 2, "level": "warn", "type": "Timeout", "rule_id": "r", "message": "Timeout when running", "path": "a.py"}], "paths": {"scanned": ["a.py"]}`, "only partly: rule r took too long"},
		{"memory", `"errors": [{"level": "warn", "type": "Out of memory", "rule_id": "r", "message": "much", "path": "a.py"}], "paths": {"scanned": ["a.py"]}`, "rule r: much"},
		{"without words", `"errors": [{"level": "warn", "type": "Fatal error", "path": "a.py"}], "paths": {"scanned": ["a.py"]}`, "error without words: Fatal error"},
		{"place in the spans only", `"errors": [{"level": "warn", "type": 7, "long_msg": "odd", "spans": [{"file": "./a.py"}]}], "paths": {"scanned": ["a.py"]}`, "odd"},
		{"long words", `"errors": [{"level": "warn", "type": "x", "path": "a.py", "message": "` + strings.Repeat("ä", 1000) + `"}], "paths": {"scanned": ["a.py"]}`, strings.Repeat("ä", 150) + " …"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all, err := read([]byte(`{"results": [], ` + test.json + `}`))
			if err != nil {
				t.Fatal(err)
			}
			report, err := all.report(asked("a.py"))
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, u := range report.Unchecked {
				got += u.Why
			}
			if got != test.want {
				t.Errorf("%q, expected %q", got, test.want)
			}
		})
	}
}

func TestCWE(t *testing.T) {
	for _, test := range []struct {
		value any
		want  check.CWE
	}{
		{[]any{89.0, 564.0}, 89},
		{[]any{"CWE-078: something"}, 78},
		{"CWE-89: something", 89},
		{"cwe_22", 22},
		{[]any{"none", map[string]any{}, "CWE-79"}, 79},
		{nil, 0},
		{-1.0, 0},
		{1e300, 0},
		{"1.5e9x", 1},
		{"about CWE-79", 0},
	} {
		if got := cwe(test.value); got != test.want {
			t.Errorf("%v: %d, expected %d", test.value, got, test.want)
		}
	}
}

func TestSurest(t *testing.T) {
	weaker := check.Finding{Path: "a.py", Line: 1, CWE: 89, Severity: check.Medium, Rule: "built"}
	surer := check.Finding{Path: "a.py", Line: 1, CWE: 89, Severity: check.High, Rule: "injection"}
	other := check.Finding{Path: "a.py", Line: 1, CWE: 79, Severity: check.Low}
	none := check.Finding{Path: "a.py", Line: 1}
	got := surest([]check.Finding{weaker, surer, other, none})
	if want := []check.Finding{surer, other, none}; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"results": [{"check_id": "a", "path": "a.py", "start": {"line": 1, "col": 1}, "extra": {"metadata": {"cwe": ["CWE-1"]}}}], "errors": [{"type": ["x"], "path": "a.py"}], "paths": {"scanned": ["a.py"]}}`))
	f.Add([]byte(`{"results": [], "errors": [{"type": []}], "paths": {"scanned": []}}`))
	f.Add([]byte(`{"results": null}`))
	f.Add([]byte("\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := read(data)
		if err != nil {
			return
		}
		report, err := all.report(asked("a.py", "b.py"))
		if err != nil {
			return
		}
		scanned := map[string]bool{}
		for _, name := range *all.Paths.Scanned {
			scanned[clean(name)] = true
		}
		not := map[string]bool{}
		for _, u := range report.Unchecked {
			if strings.ContainsAny(u.Why, "\n\x00") || u.Why == "" {
				t.Errorf("reason %q", u.Why)
			}
			not[u.Path] = true
		}
		for _, name := range []string{"a.py", "b.py"} {
			if !scanned[name] && !not[name] {
				t.Errorf("%s is passed off as checked", name)
			}
		}
	})
}
