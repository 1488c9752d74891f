package semgrep_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/lang"
)

// expected are the findings that a test file announces: a comment "ruleid: id, id" says
// what must be found on the next line of code. "ok: id" says what must not be found, as
// must nothing that is not announced.
type expected struct {
	found map[string]bool // "path:line id"
	rules map[string]bool // with a "ruleid" somewhere
	ok    map[string]bool // with an "ok" somewhere
}

var comment = regexp.MustCompile(`^\s*(?:#|//) (ruleid|ok): (.+)$`)

func mustExpect(t *testing.T, r check.Request) expected {
	t.Helper()
	e := expected{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, file := range r.Files {
		text, err := os.ReadFile(filepath.Join(r.Dir, file.Path))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		for i, line := range lines {
			m := comment.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			at := i + 1
			for comment.MatchString(lines[at]) {
				at++
			}
			for _, id := range strings.Split(m[2], ", ") {
				if m[1] == "ok" {
					e.ok[id] = true
					continue
				}
				e.rules[id] = true
				e.found[fmt.Sprintf("%s:%d %s", file.Path, at+1, id)] = true
			}
		}
	}
	return e
}

// The real Semgrep finds with our rules what the test files announce, and nothing else;
// so does its old front end, which is used where the new one does not work.
func TestRules(t *testing.T) {
	checktest.Tool(t, "semgrep")
	path, err := exec.LookPath("semgrep")
	if err != nil {
		t.Fatal(err)
	}
	if path, err = filepath.Abs(path); err != nil {
		t.Fatal(err)
	}
	r := checktest.Request(t, "testdata")
	want := mustExpect(t, r)
	for name, o := range map[string]semgrep.Options{
		"new front end": {},
		"old front end": {Path: checktest.Fake(t, "semgrep", `case "$*" in *--experimental*) exit 2;; esac; exec "`+path+`" "$@"`)},
	} {
		t.Run(name, func(t *testing.T) {
			result := checktest.Run(t, semgrep.New(o), r)
			run := result.Checkers[0]
			if run.State != check.Worked || run.Checked != len(r.Files) {
				t.Fatalf("the run: %+v, not wholly checked: %+v", run, result.Partly)
			}
			got := map[string]bool{}
			for _, f := range result.Findings {
				got[fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Rule)] = true
				if f.CWE == 0 || f.Fix == "" || f.Message == "" || strings.Contains(f.Message, "\n") || f.Column == 0 || f.EndLine < f.Line || f.Version != run.Version {
					t.Errorf("something is missing in %+v", f)
				}
			}
			for at := range want.found {
				if !got[at] {
					t.Errorf("not found: %s", at)
				}
			}
			for at := range got {
				if !want.found[at] {
					t.Errorf("found, but not announced: %s", at)
				}
			}
		})
	}
}

// Every rule has all that a finding needs, and code that shows it both ways.
func TestRulesAreComplete(t *testing.T) {
	e := mustExpect(t, checktest.Request(t, "testdata"))
	known := map[string]bool{}
	for _, l := range lang.All() {
		config, err := semgrep.Config(l)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(config), "include:") {
			t.Errorf("%s: something was not included", l)
		}
		for _, rule := range strings.Split(string(config), "\n  - id: ")[1:] {
			id, rest, _ := strings.Cut(rule, "\n")
			known[id] = true
			for _, want := range []string{
				`^seccoder\.(python|javascript|go|java|c)\.[a-z0-9-]+\n`, `\n    message: \S`, `\n    severity: (INFO|WARNING|ERROR)\n`,
				`\n      cwe: \[\d+(, \d+)*\]\n`, `\n      confidence: (low|medium|high)\n`, `\n      fix: \S`,
			} {
				if !regexp.MustCompile(want).MatchString(id + "\n" + rest) {
					t.Errorf("rule %s: nothing matches %s", id, want)
				}
			}
			if !e.rules[id] || !e.ok[id] {
				t.Errorf("rule %s: test files show what it finds (%v) and what it does not (%v)", id, e.rules[id], e.ok[id])
			}
		}
	}
	for id := range e.rules {
		if !known[id] {
			t.Errorf("the test files name %s, which is no rule", id)
		}
	}
	for id := range e.ok {
		if !known[id] {
			t.Errorf("the test files name %s, which is no rule", id)
		}
	}
	if len(known) < 100 {
		t.Errorf("only %d rules: %v", len(known), slices.Sorted(func(yield func(string) bool) {
			for id := range known {
				if !yield(id) {
					return
				}
			}
		}))
	}
}

func TestConfigOfUnknownLanguage(t *testing.T) {
	if _, err := semgrep.Config("cobol"); err == nil || !strings.Contains(err.Error(), "cobol") {
		t.Error(err)
	}
}
