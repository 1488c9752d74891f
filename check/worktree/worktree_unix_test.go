//go:build unix

package worktree_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
)

// Opening a pipe would wait for who writes to it, whatever its name ends with.
func TestFindPipes(t *testing.T) {
	dir := t.TempDir()
	var want []check.Unchecked
	for _, name := range []string{"pipe.php", "pipe.py", "pipe.txt"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
		want = append(want, check.Unchecked{Path: name, Why: "it is no regular file"})
	}
	found := mustFind(t, dir, "pipe.php", "pipe.py", "pipe.txt")
	if diff := cmp.Diff(want, found.Unchecked); diff != "" || len(found.Files)+len(found.Others) != 0 {
		t.Errorf("files %v, others %v, unchecked (-want +got)\n%s", found.Files, found.Others, diff)
	}
}

// A folder that cannot be read is said to be unchecked, though git only warns of it. (The git
// here prints the warning that the real one prints to anybody but root.)
func TestFindUnreadableFolder(t *testing.T) {
	ownGit(t)
	real, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git on this machine")
	}
	dir, bin := t.TempDir(), t.TempDir()
	checktest.Write(t, dir, map[string]string{"below/a.py": "x = 1\n"})
	mustGit(t, dir, "init", "-q")
	fake := "#!/bin/sh\ncase \" $* \" in *\" ls-files \"*) echo \"warning: could not open directory 'below/a'b ü/': Permission denied\" >&2; echo \"warning: could not open directory 'below/vendor/': Permission denied\" >&2 ;; esac\nexec " + real + " \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(fake), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	for _, roots := range [][]string{{"."}, {"below"}, {".", "below"}} {
		found := mustFind(t, dir, roots...)
		want := []check.Unchecked{{Path: "below/a'b ü", Why: "Permission denied"}}
		if diff := cmp.Diff(want, found.Unchecked); diff != "" || len(found.Files) != 1 {
			t.Errorf("%s: files %v, unchecked (-want +got)\n%s", roots, found.Files, diff)
		}
	}
}

// A folder that is reached by a link is looked at, in a repository or not.
func TestFindBehindALink(t *testing.T) {
	for _, repository := range []bool{false, true} {
		real := t.TempDir()
		checktest.Write(t, real, map[string]string{"a.py": "x = 1\n"})
		if repository {
			mustGit(t, real, "init", "-q")
		}
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(real, link); err != nil {
			t.Fatal(err)
		}
		if found := mustFind(t, link, "."); len(found.Files) != 1 || found.Files[0].Path != "a.py" {
			t.Errorf("in a repository %v: %+v", repository, found)
		}
		if found := mustFind(t, filepath.Dir(link), "link"); len(found.Files) != 1 || found.Files[0].Path != "link/a.py" {
			t.Errorf("named, in a repository %v: %+v", repository, found)
		}
	}
}

// What is named is looked at, be it called with a slash at its end.
func TestFindNamedDependencies(t *testing.T) {
	dir := t.TempDir()
	checktest.Write(t, dir, map[string]string{"vendor/a.py": "x = 1\n"})
	for _, root := range []string{"vendor", "vendor/", filepath.Join(dir, "vendor") + "/"} {
		if found := mustFind(t, dir, root); len(found.Files) != 1 || len(found.Skipped) != 0 {
			t.Errorf("%s: %+v", root, found)
		}
	}
}
