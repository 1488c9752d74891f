package semgrep_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/semgrep"
)

// answers is the beginning of a script that says a version.
const answers = `[ "$1" = --version ] && { echo 1.100.0; exit; }` + "\n"

// good is what Semgrep writes when it finds one thing in a.py.
const good = `{"results": [{"check_id": "tmp.x.seccoder.python.a", "path": "a.py", "start": {"line": 2, "col": 3}, "end": {"line": 2, "col": 5},
"extra": {"message": "bad\nthing", "severity": "ERROR", "metadata": {"cwe": [89], "fix": "do it well"}}}], "errors": [], "paths": {"scanned": ["a.py"]}, "new": {"x": [1]}}`

func TestFaults(t *testing.T) {
	tests := []struct{ name, script, says string }{
		{"crash", "kill -SEGV $$", "crashed"},
		{"exit code", "exit 77", "exit code 77"},
		{"usage", "echo 'Error: no such option: --oss-only' >&2; exit 2", "no such option: --oss-only"},
		{"no output", "exit 0", "no JSON"},
		{"garbage", "echo garbage", "no JSON"},
		{"cut off", `printf '{"results": ['`, "no JSON"},
		{"NUL bytes", `printf '\0\0\0'`, "no JSON"},
		{"another form", `echo '{"findings": []}'`, "without results"},
		{"no list of files", `echo '{"results": []}'`, "which files"},
		{"wrong type", `echo '{"results": {"a": 1}}'`, "no JSON"},
		{"rule not understood", `echo '{"results": [], "paths": {"scanned": ["a.py"]}, "errors": [{"code": 2, "level": "error", "type": "Rule parse error", "rule_id": "seccoder.python.x", "message": "bad pattern", "path": "rules.yml"}]}'; exit 2`, "seccoder.python.x"},
		{"rule not understood, and exit code 0", `echo '{"results": [], "paths": {"scanned": ["a.py"]}, "errors": [{"level": "error", "type": ["PatternParseError", []], "rule_id": "seccoder.python.x", "message": "bad pattern"}]}'`, "bad pattern"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", answers+test.script)})
			_, err := c.Check(t.Context(), mustWrite(t, map[string]string{"a.py": weak}))
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "semgrep") || strings.ContainsAny(err.Error(), "\n\x00") {
				t.Errorf("error %v, expected one with %q", err, test.says)
			}
		})
	}
}

func TestHang(t *testing.T) {
	c := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", answers+"sleep 600")})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := c.Check(ctx, mustWrite(t, map[string]string{"a.py": weak})); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestVersions(t *testing.T) {
	tests := []struct{ name, script, version, says string }{
		{"newer", "echo 2.0.1", "2.0.1", ""},
		{"with words before", "echo a new version is there; echo 1.99.0", "1.99.0", ""},
		{"too old", "echo 1.96.0", "", "too old"},
		{"another program", "echo 'usage: something else'", "", "version"},
		{"silent", "exit 0", "", "version"},
		{"exit code", "echo 1.100.0; exit 3", "", "version"},
		{"crash", "kill -SEGV $$", "", "version"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			version, err := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", test.script)}).Probe(t.Context())
			if version != test.version || (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("version %q, error %v", version, err)
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		_, err := semgrep.New(semgrep.Options{Path: filepath.Join(t.TempDir(), "semgrep")}).Probe(t.Context())
		missing, ok := errors.AsType[*check.MissingError](err)
		if !ok || missing.Get != "pip install semgrep" {
			t.Error(err)
		}
	})
}

// Where the new front end does not work, the old one is used.
func TestOldFrontEnd(t *testing.T) {
	path := checktest.Fake(t, "semgrep", answers+`case "$*" in *--experimental*) echo no such option >&2; exit 2;; esac
cat <<'END'
`+good+`
END`)
	report, err := semgrep.New(semgrep.Options{Path: path}).Check(t.Context(), mustWrite(t, map[string]string{"a.py": weak}))
	if err != nil || len(report.Findings) != 1 {
		t.Fatal(report, err)
	}
	want := check.Finding{CWE: 89, Severity: check.High, Path: "a.py", Line: 2, Column: 3, EndLine: 2, EndColumn: 5, Message: "bad thing", Fix: "do it well", Rule: "seccoder.python.a"}
	if report.Findings[0] != want || report.Version != "1.100.0" {
		t.Errorf("%+v", report)
	}
}

// Rules of one's own are used as well; those of the registry are not fetched.
func TestOwnRules(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	path := checktest.Fake(t, "semgrep", answers+`echo "$@" >> `+log+`; cat <<'END'
`+good+`
END`)
	rules := filepath.Join(t.TempDir(), "mine.yml")
	if err := os.WriteFile(rules, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := mustWrite(t, map[string]string{"a.py": weak})
	if _, err := semgrep.New(semgrep.Options{Path: path, Rules: []string{rules}}).Check(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(log); err != nil || !strings.Contains(string(text), "--config="+rules) {
		t.Errorf("%s %v", text, err)
	}
	_, err := semgrep.New(semgrep.Options{Path: path, Rules: []string{"p/python"}}).Check(t.Context(), r)
	if err == nil || !strings.Contains(err.Error(), "p/python") || !strings.Contains(err.Error(), "none are fetched") {
		t.Error(err)
	}
}
