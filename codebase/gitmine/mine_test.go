package gitmine_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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

func TestReverts(t *testing.T) {
	t.Run("reverted", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("revert", "--no-edit", fix)
		revert := r.Git("rev-parse", "HEAD")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || c.Taken || c.Reason != "it was reverted by "+revert[:12] {
			t.Errorf("%s; %+v", names(examples), c)
		}
		for _, c := range report.Candidates {
			if c.Commit == revert {
				t.Errorf("the revert is a candidate: %+v", c)
			}
		}
	})
	t.Run("reverted without its id", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit(`Revert "`+fixMessage+`"`, "src/name.c", insecure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "reverted by") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("and reverted again", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("revert", "--no-edit", fix)
		r.Git("revert", "--no-edit", "HEAD")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix {
			t.Errorf("%s", names(examples))
		}
	})
	t.Run("broken again in silence", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit("Speed up copy_name", "src/name.c", strings.Replace(insecure, "x + 1", "x + 2", 1))
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || !strings.Contains(c.Reason, "again as it was before") {
			t.Errorf("%s; %+v", names(examples), c)
		}
	})
	t.Run("broken again after a move", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("mv", "src", "lib")
		r.Commit("Move it", "lib/name.c", insecure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "again as it was before") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("broken and mended again", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit("Speed up", "src/name.c", insecure)
		again := r.Commit("Prevent buffer overflow in copy_name", "src/name.c", secure)
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != again {
			t.Errorf("%s", names(examples))
		}
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "the same") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("mended better", func(t *testing.T) {
		r, fix := fixed(t)
		better := r.Commit("Mend the fix of CVE-2024-12345: check for NULL", "src/name.c", strings.Replace(secure, "if (strlen", "if (!name || strlen", 1))
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != better {
			t.Errorf("%s", names(examples))
		}
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "goes on with the fix of CVE-2024-12345") {
			t.Errorf("%+v", c)
		}
	})
}

func TestMerges(t *testing.T) {
	branch := func(t *testing.T, message, mergeMessage string) (*gittest.Repo, string, string) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		r.Git("checkout", "--quiet", "-b", "fix")
		fix := r.Commit(message, "name.c", secure)
		r.Git("checkout", "--quiet", "main")
		r.Commit("Meanwhile", "README", "x\n")
		r.Git("merge", "--quiet", "--no-ff", "--message", mergeMessage, "fix")
		return r, fix, r.Git("rev-parse", "HEAD")
	}
	t.Run("a fix on a branch", func(t *testing.T) {
		r, fix, _ := branch(t, fixMessage, "Merge branch 'fix'")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix {
			t.Errorf("%s", names(examples))
		}
	})
	t.Run("the merge names it", func(t *testing.T) {
		r, fix, _ := branch(t, "Prevent buffer overflow", "Merge pull request #1: CVE-2024-5555")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix || examples[0].Source.CVE != "CVE-2024-5555" {
			t.Errorf("%+v", examples)
		}
		if c := candidate(t, report, fix); c.Evidence[0].Kind != "merge" {
			t.Errorf("%+v", c.Evidence)
		}
	})
	t.Run("only the merge says anything", func(t *testing.T) {
		r, _, merge := branch(t, "Do it", "Merge pull request #1: CVE-2024-5555")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != merge || !strings.Contains(examples[0].Insecure, "strcpy") {
			t.Errorf("%+v", examples)
		}
	})
}

func TestRename(t *testing.T) {
	r := gittest.New(t)
	r.Commit("Begin", "src/name.c", insecure)
	r.Git("mv", "src/name.c", "src/copy.c")
	fix := r.Commit(fixMessage, "src/copy.c", secure)
	_, examples := mine(t, r.Dir, gitmine.Options{})
	if len(examples) != 1 || examples[0].Source.Commit != fix || examples[0].Source.Path != "src/copy.c" {
		t.Errorf("%+v", examples)
	}
}

func TestIncremental(t *testing.T) {
	o, store := withStore(t)
	r, fix := fixed(t)
	if report, _ := mine(t, r.Dir, o); report.Commits != 2 || report.Examples != 1 {
		t.Fatalf("first run %+v", report)
	}
	if report, _ := mine(t, r.Dir, o); report.Commits != 0 || len(report.After) != 1 {
		t.Errorf("nothing new, but %+v", report)
	}
	again := o
	again.Again = true
	if report, _ := mine(t, r.Dir, again); report.Commits != 2 || report.Known != 1 || report.Examples != 0 {
		t.Errorf("again: %+v", report)
	}
	r.Commit("Add b", "b.py", "def run(name):\n    os.system('ls ' + name)\n")
	r.Commit("Fix command injection", "b.py", "def run(name):\n    if not name.isalnum():\n        raise ValueError(name)\n    os.system('ls ' + name)\n")
	report, examples := mine(t, r.Dir, o)
	if report.Commits != 2 || names(examples) != "run of b.py" {
		t.Errorf("new commits: %s, %+v", names(examples), report)
	}

	// A revert takes the example back, and its revert brings it in again.
	r.Git("revert", "--no-edit", fix)
	report, _ = mine(t, r.Dir, o)
	if len(report.Withdrawn) != 1 || report.Withdrawn[0].Commit != fix || len(stored(t, store)) != 1 {
		t.Errorf("%+v; %s", report.Withdrawn, names(stored(t, store)))
	}
	r.Git("revert", "--no-edit", "HEAD")
	if report, _ = mine(t, r.Dir, o); report.Examples != 1 || len(stored(t, store)) != 2 {
		t.Errorf("%+v; %s", report, names(stored(t, store)))
	}
	// So does code that is silently as it was.
	r.Commit("Speed up", "src/name.c", insecure)
	if report, _ = mine(t, r.Dir, o); len(report.Withdrawn) != 1 || !strings.Contains(report.Withdrawn[0].Why, "again as it was") {
		t.Errorf("%+v", report.Withdrawn)
	}

	// A rewritten history is looked at as far as it is new.
	r.Git("reset", "--quiet", "--hard", fix)
	r.Git("commit", "--quiet", "--amend", "--message", fixMessage+", reworded")
	r.Git("reflog", "expire", "--expire=now", "--all")
	r.Git("gc", "--quiet", "--prune=now")
	report, examples = mine(t, r.Dir, o)
	if report.Commits != 2 || len(report.After) != 0 || len(examples) != 1 {
		t.Errorf("rewritten: %+v", report)
	}
	// Other settings look at everything.
	more := o
	more.MinScore = 3
	if report, _ = mine(t, r.Dir, more); report.Commits != 2 {
		t.Errorf("other settings: %+v", report)
	}
}

func TestLimitAndSince(t *testing.T) {
	o, _ := withStore(t)
	r, _ := fixed(t)
	r.Commit("Add b", "b.py", "def run(name):\n    os.system('ls ' + name)\n")
	r.Commit("Fix command injection", "b.py", "def run(name):\n    if not name.isalnum():\n        raise ValueError(name)\n    os.system('ls ' + name)\n")
	limited := o
	limited.Limit = 1
	report, examples := mine(t, r.Dir, limited)
	if names(examples) != "run of b.py" || len(report.Notes) != 1 {
		t.Errorf("%s, %+v", names(examples), report.Notes)
	}
	if report, _ = mine(t, r.Dir, o); report.Examples != 1 || report.Known != 1 {
		t.Errorf("the rest: %+v", report)
	}
	late := gitmine.Options{Since: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	if report, _ = mine(t, r.Dir, late); report.Commits != 0 {
		t.Errorf("since 2030: %+v", report)
	}
}

func TestOddRepositories(t *testing.T) {
	t.Run("no commits", func(t *testing.T) {
		report, _ := mine(t, gittest.New(t).Dir, gitmine.Options{})
		if report.Tip != "" || len(report.Notes) != 1 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("no repository", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
		if _, err := gitmine.Mine(t.Context(), dir, gitmine.Options{}); err == nil || !strings.Contains(err.Error(), "is no git repository") {
			t.Error(err)
		}
		if _, err := gitmine.Mine(t.Context(), filepath.Join(dir, "none"), gitmine.Options{}); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	})
	t.Run("no such revision", func(t *testing.T) {
		r, _ := fixed(t)
		if _, err := gitmine.Mine(t.Context(), r.Dir, gitmine.Options{Revision: "--output=x"}); err == nil || !strings.Contains(err.Error(), "no commit, branch or tag") {
			t.Error(err)
		}
	})
	t.Run("bare, and a folder below", func(t *testing.T) {
		r, _ := fixed(t)
		bare := filepath.Join(t.TempDir(), "bare.git")
		r.Git("clone", "--quiet", "--bare", r.Dir, bare)
		for _, dir := range []string{bare, filepath.Join(r.Dir, "src")} {
			if _, examples := mine(t, dir, gitmine.Options{}); len(examples) != 1 {
				t.Errorf("%s: %s", dir, names(examples))
			}
		}
	})
	t.Run("a worktree", func(t *testing.T) {
		r, _ := fixed(t)
		dir := filepath.Join(t.TempDir(), "tree")
		r.Git("worktree", "add", "--quiet", "--detach", dir)
		if _, examples := mine(t, dir, gitmine.Options{}); len(examples) != 1 {
			t.Error(names(examples))
		}
	})
	t.Run("shallow", func(t *testing.T) {
		r, fix := fixed(t)
		dir := filepath.Join(t.TempDir(), "shallow")
		r.Git("clone", "--quiet", "--depth=1", "file://"+r.Dir, dir)
		report, examples := mine(t, dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || !strings.Contains(c.Reason, "shallow") || len(report.Notes) != 1 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("in the middle of a rebase", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("checkout", "--quiet", "-b", "other", "HEAD~1")
		r.Commit("Conflict", "src/name.c", "int x;\n")
		r.Git("checkout", "--quiet", "main")
		if err := r.Try("rebase", "other"); err == nil {
			t.Fatal("the rebase went through")
		}
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || report.Tip != fix || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "rebase") {
			t.Errorf("%s, %+v", names(examples), report)
		}
	})
	t.Run("a submodule", func(t *testing.T) {
		inner, fix := fixed(t)
		r := gittest.New(t)
		r.Commit("Begin", "README", "x\n")
		r.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Dir, "inner")
		r.Git("commit", "--quiet", "--message", "Add the submodule")
		r.Git("-C", filepath.Join(r.Dir, "inner"), "checkout", "--quiet", fix+"~1")
		r.Git("commit", "--quiet", "--all", "--message", "Fix CVE-2024-7777: another state of the submodule")
		bump := r.Git("rev-parse", "HEAD")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		c := candidate(t, report, bump)
		if len(examples) > 0 || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "submodule") {
			t.Errorf("%+v", c)
		}
		inner.Git("-C", filepath.Join(r.Dir, "inner"), "checkout", "--quiet", fix)
		if _, examples := mine(t, filepath.Join(r.Dir, "inner"), gitmine.Options{}); len(examples) != 1 {
			t.Error(names(examples))
		}
	})
	t.Run("a huge file", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		fix := r.Commit(fixMessage, "name.c", secure+"/*"+strings.Repeat("x\n", 10000)+"*/\n")
		report, examples := mine(t, r.Dir, gitmine.Options{MaxBytes: 10000})
		if c := candidate(t, report, fix); len(examples) > 0 || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "more than 10 kB") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("messages in other encodings", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		r.Git("config", "i18n.commitEncoding", "ISO-8859-1")
		r.Commit("D\xe9bordement: buffer overflow \x1b[31m\u202e", "name.c", secure)
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || !strings.HasPrefix(examples[0].Fix, "Débordement: buffer overflow") || strings.Contains(examples[0].Fix, "\x1b") {
			t.Errorf("%+v", examples)
		}
	})
	t.Run("odd paths", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "-a b\n'ü.c", insecure)
		fix := r.Commit(fixMessage, "-a b\n'ü.c", secure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "no plain text") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("SHA-256", func(t *testing.T) {
		r := gittest.New(t)
		r.Dir = t.TempDir()
		if err := r.Try("init", "--quiet", "--object-format=sha256", "--initial-branch=main"); err != nil {
			t.Skip("this git has no SHA-256")
		}
		r.Write("COPYING", mit)
		r.Commit("Begin", "name.c", insecure)
		r.Commit(fixMessage, "name.c", secure)
		if _, examples := mine(t, r.Dir, gitmine.Options{}); len(examples) != 1 || examples[0].Source.Licence != "MIT" {
			t.Errorf("%+v", examples)
		}
	})
	t.Run("an object is missing", func(t *testing.T) {
		r, fix := fixed(t)
		blob := r.Git("rev-parse", fix+"~1:src/name.c")
		if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
			t.Fatal(err)
		}
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); c.Taken || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "not in this clone") {
			t.Errorf("%+v", c)
		}
	})
}

func TestStopped(t *testing.T) {
	o, store := withStore(t)
	r, _ := fixed(t)
	ctx, cancel := context.WithCancel(t.Context())
	o.Progress = func(gitmine.Stage, int, int) { cancel() }
	if _, err := gitmine.Mine(ctx, r.Dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	o.Progress = nil
	if report, _ := mine(t, r.Dir, o); report.Examples != 1 || len(stored(t, store)) != 1 {
		t.Errorf("after it: %+v", report)
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
