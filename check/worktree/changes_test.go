package worktree_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/worktree"
)

const ten = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"

// mustHistory makes a repository whose branch "work" went away from main, which has gone
// on, and in which something is staged, something edited and something new.
func mustHistory(t *testing.T) string {
	t.Helper()
	ownGit(t)
	dir := t.TempDir()
	checktest.Write(t, dir, map[string]string{"a.py": ten, "b.py": ten, "sub/c.py": ten, "same.py": ten, "del.py": ten, "main.py": ten})
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	mustGit(t, dir, "checkout", "-qb", "work")
	checktest.Write(t, dir, map[string]string{"a.py": strings.Replace(ten, "3\n", "three\n", 1)})
	mustGit(t, dir, "commit", "-qam", "committed")
	mustGit(t, dir, "checkout", "-q", "main")
	checktest.Write(t, dir, map[string]string{"main.py": "changed on main\n"})
	mustGit(t, dir, "commit", "-qam", "main goes on")
	mustGit(t, dir, "checkout", "-q", "work")
	checktest.Write(t, dir, map[string]string{"b.py": strings.Replace(ten, "5\n6\n", "five\nsix\nmore\n", 1)})
	mustGit(t, dir, "add", "b.py")
	checktest.Write(t, dir, map[string]string{
		"sub/c.py": strings.Replace(ten, "2\n", "", 1) + "-- a/x\n++ b/del.py\nend\n",
		"new.py":   "1\n2\n", "with \"quote\" and ü.py": "1\n",
	})
	if err := os.Remove(filepath.Join(dir, "del.py")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// touched lists the lines of a file, up to 20, that changed.
func touched(c worktree.Changes, path string) string {
	var lines strings.Builder
	for line := 1; line <= 20; line++ {
		if c.Touches(check.Finding{Path: path, Line: line}) {
			lines.WriteByte(" 123456789abcdefghijk"[line])
		}
	}
	return lines.String()
}

func TestSince(t *testing.T) {
	dir := mustHistory(t)
	for _, base := range []string{"main", "work~1"} {
		changes, err := worktree.Since(t.Context(), dir, base)
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"a.py": "3", "b.py": "567", "sub/c.py": "abc", "same.py": "", "del.py": "", "main.py": "",
			"new.py": "123456789abcdefghijk", "with \"quote\" and ü.py": "123456789abcdefghijk",
		} {
			if got := touched(changes, path); got != want || changes.Holds(path) != (want != "") {
				t.Errorf("%s since %s: lines %q changed, want %q", path, base, got, want)
			}
		}
		if !changes.Touches(check.Finding{Path: "a.py", Line: 1, EndLine: 3}) || changes.Touches(check.Finding{Path: "a.py", Line: 4, EndLine: 9}) {
			t.Error("ranges")
		}
	}
	changes, err := worktree.Since(t.Context(), filepath.Join(dir, "sub"), "main")
	if err != nil {
		t.Fatal(err)
	}
	if touched(changes, "c.py") != "abc" || touched(changes, "../a.py") != "3" {
		t.Error("from a folder below")
	}
}

// A user's settings for diffs change nothing.
func TestSinceWithSettings(t *testing.T) {
	dir := mustHistory(t)
	for _, setting := range []string{
		"diff.noprefix=true", "diff.mnemonicPrefix=true", "diff.external=false", "color.ui=always", "diff.context=9", "diff.interHunkContext=9",
		"diff.relative=true", "core.quotePath=true", "diff.renames=copies", "core.fsmonitor=false",
	} {
		name, value, _ := strings.Cut(setting, "=")
		mustGit(t, dir, "config", name, value)
	}
	changes, err := worktree.Since(t.Context(), filepath.Join(dir, "sub"), "main")
	if err != nil {
		t.Fatal(err)
	}
	if touched(changes, "c.py") != "abc" || touched(changes, "../b.py") != "567" || touched(changes, "../with \"quote\" and ü.py") == "" {
		t.Error("other lines")
	}
}

// A file that got another name has changed where its text has.
func TestSinceRenamed(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	odd := "a \"ü\"\t.py"
	if runtime.GOOS == "windows" {
		odd = "a ü.py" // it has no such names
	}
	checktest.Write(t, dir, map[string]string{"v.py": ten, "edited.py": "e" + ten, "sub/odd.py": "o" + ten})
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	mustGit(t, dir, "mv", "v.py", "w.py")
	mustGit(t, dir, "mv", "edited.py", "with space.py")
	mustGit(t, dir, "mv", "sub/odd.py", odd)
	checktest.Write(t, dir, map[string]string{
		"with space.py": "e" + strings.Replace(ten, "4\n", "four\n", 1), odd: "o" + ten + "end\n",
		"v.py": "another\n",
	})
	mustGit(t, dir, "commit", "-qam", "renamed")
	for _, quote := range []string{"true", "false"} {
		mustGit(t, dir, "config", "core.quotePath", quote)
		changes, err := worktree.Since(t.Context(), dir, "HEAD~1")
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"w.py": "", "with space.py": "4", odd: "b", "edited.py": "", "v.py": "123456789abcdefghijk",
		} {
			if got := touched(changes, path); got != want || changes.Holds(path) != (want != "") {
				t.Errorf("%s: lines %q changed, want %q", path, got, want)
			}
		}
	}
}

// A file that no check has seen under its old name is new.
func TestSinceRenamedUnseen(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	before := map[string]string{
		"app.txt": "app.py", "vendor/x.py": "src/x.py", "lib/vendor/y.py": "y.py", "old.js": "new.py", "tool.sh": "tool.rb",
		"a.py": "b.py", "c.sh": "d.sh",
	}
	for from := range before {
		checktest.Write(t, dir, map[string]string{from: from + "\n" + ten})
	}
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	checktest.Write(t, dir, map[string]string{"src/other.py": ""})
	for from, to := range before {
		mustGit(t, dir, "mv", from, to)
	}
	checktest.Write(t, dir, map[string]string{"new.py": "old.js\n" + strings.Replace(ten, "4\n", "four\n", 1)})
	changes, err := worktree.Since(t.Context(), dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range before {
		want := "123456789abcdefghijk"
		if path == "b.py" || path == "d.sh" {
			want = ""
		}
		if got := touched(changes, path); got != want {
			t.Errorf("%s: lines %q changed, want %q", path, got, want)
		}
	}
}

func TestSinceErrors(t *testing.T) {
	dir := mustHistory(t)
	for _, base := range []string{"nowhere", "--output=x", ""} {
		if _, err := worktree.Since(t.Context(), dir, base); err == nil || !strings.Contains(err.Error(), "is no commit, branch or tag") {
			t.Errorf("%q: error %v", base, err)
		}
	}
	outside := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(outside))
	if _, err := worktree.Since(t.Context(), outside, "main"); err == nil || !strings.Contains(err.Error(), "not a git repository") {
		t.Errorf("error %v", err)
	}
}
