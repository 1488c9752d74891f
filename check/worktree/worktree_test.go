package worktree_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/worktree"
)

// mustGit runs git without the user's configuration.
func mustGit(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// ownGit keeps the user's configuration of git away.
func ownGit(t *testing.T) {
	t.Helper()
	checktest.Tool(t, "git")
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
}

func mustFind(t *testing.T, dir string, paths ...string) worktree.Found {
	t.Helper()
	found, err := worktree.Find(t.Context(), dir, paths)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func names(files []check.File) string {
	var all []string
	for _, f := range files {
		all = append(all, f.Path)
	}
	return strings.Join(all, " ")
}

var tree = map[string]string{
	"a.py": "", "README.md": "", "sub/b.c": "", "sub/deep/c.go": "", "made/d.py": "", "node_modules/x/e.js": "", "vendor/f.go": "",
	"sub/.venv/g.py": "", "with space/ü.ts": "", ".gitignore": "made/\n*.gen.py\n", "h.gen.py": "",
}

func TestFindInRepository(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	checktest.Write(t, dir, tree)
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", "a.py", "vendor", "sub")
	checktest.Write(t, dir, map[string]string{"gone.py": ""})
	mustGit(t, dir, "add", "gone.py")
	if err := os.Remove(filepath.Join(dir, "gone.py")); err != nil {
		t.Fatal(err)
	}
	found := mustFind(t, dir, ".")
	if got, want := names(found.Files), "a.py sub/b.c sub/deep/c.go with space/ü.ts"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	want := []worktree.Skipped{{"node_modules", "dependencies"}, {"sub/.venv", "a Python environment"}, {"vendor", "dependencies"}}
	if diff := cmp.Diff(want, found.Skipped); diff != "" {
		t.Errorf("skipped (-want +got)\n%s", diff)
	}
	// What the user names is taken, ignored or not; a folder inside is known by its place.
	if got, want := names(mustFind(t, dir, "made", "h.gen.py", "vendor", "a.py", "a.py").Files), "a.py h.gen.py made/d.py vendor/f.go"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := names(mustFind(t, filepath.Join(dir, "sub"), "..").Files), "../a.py ../with space/ü.ts b.c deep/c.go"; got != want {
		t.Errorf("from below: %s, want %s", got, want)
	}
}

func TestFindWithoutRepository(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
	checktest.Write(t, dir, tree)
	found := mustFind(t, dir, dir)
	if got, want := names(found.Files), "a.py h.gen.py made/d.py sub/b.c sub/deep/c.go with space/ü.ts"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if len(found.Skipped) != 3 {
		t.Errorf("skipped %v", found.Skipped)
	}
}

// A repository inside another one is looked at, whether it is a submodule or not.
func TestFindNested(t *testing.T) {
	ownGit(t)
	dir, other := t.TempDir(), t.TempDir()
	checktest.Write(t, other, map[string]string{"in.py": ""})
	mustGit(t, other, "init", "-q")
	mustGit(t, other, "add", ".")
	mustGit(t, other, "commit", "-qm", "x")
	checktest.Write(t, dir, map[string]string{"a.py": ""})
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "submodule", "--quiet", "add", other, "module")
	mustGit(t, dir, "clone", "-q", other, "clone")
	if got, want := names(mustFind(t, dir, ".").Files), "a.py clone/in.py module/in.py"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFindOddities(t *testing.T) {
	dir := t.TempDir()
	checktest.Write(t, dir, map[string]string{"big.py": strings.Repeat("#", worktree.MaxBytes+1), "notes.txt": "", "a.py": ""})
	if runtime.GOOS != "windows" {
		for name, target := range map[string]string{"link.py": "a.py", "dangling.py": "nowhere", "loop": "."} {
			if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		found := mustFind(t, dir, ".")
		if names(found.Files) != "a.py" || len(found.Skipped) != 2 {
			t.Errorf("files %v, skipped %v", found.Files, found.Skipped)
		}
	}
	found := mustFind(t, dir, "big.py", "notes.txt")
	want := []check.Unchecked{{Path: "big.py", Why: "it is larger than 4 MB"}, {Path: "notes.txt", Why: "its ending tells no language that can be checked"}}
	if diff := cmp.Diff(want, found.Unchecked); diff != "" {
		t.Error(diff)
	}
	if _, err := worktree.Find(t.Context(), dir, []string{"missing"}); err == nil || err.Error() != "missing: there is no such file or folder" {
		t.Errorf("error %v", err)
	}
}

// Source code that no checker knows is told of; what is no code, only where it was named.
func TestFindOtherLanguages(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	checktest.Write(t, dir, map[string]string{
		"a.py": "", "b.php": "", "x.rb": "", "lib/Y.RB": "", "c.sh": "", "README.md": "", "data.json": "", "p.png": "", "Makefile": "",
		"vendor/v.rb": "", "out/o.rs": "", ".gitignore": "out/\n", "gone.rs": "",
	})
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", ".")
	if err := os.Remove(filepath.Join(dir, "gone.rs")); err != nil {
		t.Fatal(err)
	}
	found := mustFind(t, dir, ".", "lib")
	want := []worktree.OfLanguage{{"PHP", []string{"b.php"}}, {"Ruby", []string{"lib/Y.RB", "x.rb"}}, {"shell", []string{"c.sh"}}}
	if diff := cmp.Diff(want, worktree.ByLanguage(found.Others)); diff != "" {
		t.Errorf("others (-want +got)\n%s", diff)
	}
	if len(found.Unchecked) != 0 {
		t.Errorf("unchecked %v", found.Unchecked)
	}
	unchecked := []check.Unchecked{{Path: "README.md", Why: "its ending tells no language that can be checked"}, {Path: "b.php", Why: "no checker for PHP"}}
	for _, paths := range [][]string{{"b.php", "README.md", "."}, {".", "b.php", "README.md"}} {
		found = mustFind(t, dir, paths...)
		if diff := cmp.Diff(unchecked, found.Unchecked); diff != "" {
			t.Errorf("%q: unchecked (-want +got)\n%s", paths, diff)
		}
		if len(found.Others) != 3 {
			t.Errorf("%q: others %v: a file that was named is among the unchecked", paths, found.Others)
		}
	}
}
