package gitmine_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/internal/gittest"
	"github.com/seccoder/seccoder/lang"
)

func TestFixBecomesExample(t *testing.T) {
	r, fix := fixed(t)
	r.Git("remote", "add", "origin", "https://user:secret@example.com/a/b.git")
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	report, examples := mine(t, r.Dir, gitmine.Options{Now: now})
	if len(examples) != 1 || report.Examples != 1 || report.Commits != 2 {
		t.Fatalf("%d examples, report %+v", len(examples), report)
	}
	want := codebase.Example{
		Code:     "int copy_name(char *to, const char *name)\n{\n    if (strlen(name) >= 16)\n        return -1;\n    strcpy(to, name);\n    return 0;\n}\n",
		Insecure: "int copy_name(char *to, const char *name)\n{\n    strcpy(to, name);\n    return 0;\n}\n",
		Language: lang.C, CWEs: []codebase.CWE{787}, Title: "copy_name of name.c", Fix: fixMessage,
		Source:     codebase.Source{Kind: "git", Repository: "https://example.com/a/b", Commit: fix, Path: "src/name.c", CVE: "CVE-2024-12345", Licence: "MIT"},
		AdmittedAt: now, AdmittedBy: "tester",
	}
	want.ID = want.Hash()
	if diff := cmp.Diff(want, examples[0]); diff != "" {
		t.Error(diff)
	}
	c := candidate(t, report, fix)
	if !c.Taken || c.Reason != "it names CVE-2024-12345" || len(c.Functions) != 1 || c.Functions[0].Example != want.ID {
		t.Errorf("%+v", c)
	}
	if len(c.Evidence) < 2 || c.Evidence[0].Kind != "id" || c.Evidence[1].Text != "buffer overflow" || c.Evidence[1].CWE != 787 {
		t.Errorf("evidence %+v", c.Evidence)
	}
}

func TestWhatIsTaken(t *testing.T) {
	tests := []struct {
		name, message, path, before, after string
		taken                              bool
		reason                             string
		cwe                                codebase.CWE
	}{
		{name: "by words", message: "Prevent path traversal", path: "a.py", taken: true, cwe: 22, reason: "path traversal",
			before: "import os\n\ndef read(name):\n    return open(os.path.join(ROOT, name)).read()\n",
			after:  "import os\n\ndef read(name):\n    path = os.path.realpath(os.path.join(ROOT, name))\n    if not path.startswith(ROOT + os.sep):\n        raise ValueError(name)\n    return open(path).read()\n"},
		{name: "by a weakness's number", message: "CWE-78: no shell", path: "a.py", taken: true, cwe: 78, reason: "it names CWE-078",
			before: "def run(name):\n    os.system('ls ' + name)\n", after: "def run(name):\n    subprocess.run(['ls', name], check=True)\n"},
		{name: "by an advisory in JavaScript", message: "Merge pull request from GHSA-34jh-p97f-mpxf", path: "lib/a.js", taken: true, reason: "GHSA-34jh-p97f-mpxf",
			before: "res.send = function send(x) {\n  this.write(x);\n};\n", after: "res.send = function send(x) {\n  this.write(escapeHtml(x));\n};\n"},
		{name: "a Go vulnerability", message: "fix: GO-2023-1571", path: "a.go", taken: true, reason: "GO-2023-1571",
			before: "package a\n\nfunc (c *C) Get(i int) int {\n\treturn c.list[i]\n}\n", after: "package a\n\nfunc (c *C) Get(i int) int {\n\tif i < 0 || i >= len(c.list) {\n\t\treturn 0\n\t}\n\treturn c.list[i]\n}\n"},
		{name: "an ordinary change", message: "Fix the colour of the button", path: "a.py", reason: "",
			before: "def f(x):\n    return 1\n", after: "def f(x):\n    if x < 2:\n        return 2\n    return 1\n"},
		{name: "a test", message: "CVE-2024-1111: cover it", path: "tests/test_a.py", reason: "no code of a known language, tests",
			before: "def f(x):\n    return 1\n", after: "def f(x):\n    if x < 2:\n        return 2\n    return 1\n"},
		{name: "only names", message: "CVE-2024-1111: follow-up", path: "a.py", reason: "but for layout and names",
			before: "def f(x):\n    return x\n", after: "def f(value):\n    return value\n"},
		{name: "only comments", message: "CVE-2024-1111: explain", path: "a.c", reason: "no function that was there before",
			before: "int f(int x)\n{\n  return x;\n}\n", after: "int f(int x)\n{\n  /* CVE-2024-1111 */\n  return x;\n}\n"},
		{name: "a fix relaxed", message: "Relax fix to CVE-2024-1111", path: "a.c", reason: "speak against",
			before: "int f(int x)\n{\n  if (x < 2) return 0;\n  return x;\n}\n", after: "int f(int x)\n{\n  if (x < 2 && x > 0) return 0;\n  return x;\n}\n"},
		{name: "a low score", message: "Fix crash", path: "a.c", reason: "its score is",
			before: "int f(int x)\n{\n  return x;\n}\n", after: "int f(int x)\n{\n  if (x < 2) return 0;\n  return x;\n}\n"},
		{name: "one line of data", message: "CVE-2024-1111", path: "a.js", reason: "generated or data",
			before: "function f(x) { return 1; }\n", after: "function f(x) { if (x < 2) return '" + strings.Repeat("x", 3000) + "'; return 1; }\n"},
		{name: "Latin-1 within", message: "CVE-2024-1111", path: "a.c", reason: "not UTF-8",
			before: "int f(int x)\n{\n  return x; /* caf\xe9 */\n}\n", after: "int f(int x)\n{\n  if (x < 2) return 0;\n  return x; /* caf\xe9 */\n}\n"},
		{name: "Latin-1 elsewhere", message: "CVE-2024-1111", path: "a.c", taken: true, reason: "CVE-2024-1111",
			before: "/* caf\xe9 */\nint f(int x)\n{\n  return x;\n}\n", after: "/* caf\xe9 */\nint f(int x)\n{\n  if (x < 2) return 0;\n  return x;\n}\n"},
		{name: "a mark and other line ends", message: "CVE-2024-1111", path: "a.py", taken: true, reason: "CVE-2024-1111",
			before: "\uFEFFdef f(x):\r\n    return x\r\n", after: "\uFEFFdef f(x):\r\n    if x < 2:\r\n        return 0\r\n    return x\r\n"},
		{name: "binary", message: "CVE-2024-1111", path: "a.c", reason: "changes no function",
			before: "int f(int x) { return x; }\x00", after: "int f(int x) { if (x<2) return 0; return x; }\x00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := gittest.New(t)
			r.Commit("Begin", test.path, test.before)
			fix := r.Commit(test.message, test.path, test.after)
			report, examples := mine(t, r.Dir, gitmine.Options{})
			if (len(examples) > 0) != test.taken {
				t.Fatalf("taken %v; report %+v", len(examples) > 0, report.Candidates)
			}
			if test.reason == "" {
				if len(report.Candidates) > 0 && report.Candidates[0].Taken {
					t.Errorf("%+v", report.Candidates)
				}
				return
			}
			if c := candidate(t, report, fix); !strings.Contains(c.Reason, test.reason) {
				t.Errorf("reason %q, expected %q", c.Reason, test.reason)
			}
			if test.cwe != 0 && (len(examples[0].CWEs) == 0 || examples[0].CWEs[0] != test.cwe) {
				t.Errorf("CWEs %v", examples[0].CWEs)
			}
			if test.taken && strings.Contains(examples[0].Code, "\r") {
				t.Errorf("code %q", examples[0].Code)
			}
		})
	}
}

func TestRefusedByKeeper(t *testing.T) {
	r, fix := fixed(t)
	report, _ := mine(t, r.Dir, gitmine.Options{Keep: func(context.Context, codebase.Example) (gitmine.Kept, error) {
		return gitmine.Kept{Refused: "it is a duplicate"}, nil
	}})
	if c := candidate(t, report, fix); c.Taken || !strings.Contains(c.Reason, "it is a duplicate") || report.Examples != 0 {
		t.Errorf("%+v", report)
	}
}

func TestWords(t *testing.T) {
	r := gittest.New(t)
	r.Commit("Begin", "name.c", insecure)
	r.Commit("Close the frobnicator hole", "name.c", secure)
	words, err := gitmine.StandardWords().With("[[phrase]]\nscore = 6\ncwe = 120\nwords = [\"frobnicator hole*\"]\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, examples := mine(t, r.Dir, gitmine.Options{}); len(examples) != 0 {
		t.Error(names(examples))
	}
	if _, examples := mine(t, r.Dir, gitmine.Options{Words: words}); len(examples) != 1 || examples[0].CWEs[0] != 120 {
		t.Errorf("%+v", examples)
	}
	for text, want := range map[string]string{
		"[[phrase]]\nscore = 1\n":                            "no words",
		"[[phrase]]\nscore = 1e9\nwords = [\"a\"]\n":         "expected -100 to 100",
		"[[phrase]]\nscore = 1\ncwe = -1\nwords = [\"a\"]\n": "not a CWE",
		"[[phrase]]\nscore = 1\nwords = [\"a*b\"]\n":         "end of a word",
		"[[phrase]]\nscore = 1\nwords = [\"-\"]\n":           "1 to 12 words",
		"[[phrase]]\nscores = 1\nwords = [\"a\"]\n":          "unknown key",
		"[[phrase": "read phrases",
	} {
		if _, err := gitmine.ParseWords(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
