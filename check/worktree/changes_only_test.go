package worktree_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/worktree"
)

// mustOnly is what has changed of some paths, as names with lines. The folder may be another
// name of the repository's.
func mustOnly(t *testing.T, dir, base string, paths ...string) string {
	t.Helper()
	changes, err := worktree.Since(t.Context(), dir, base)
	if err != nil {
		t.Fatal(err)
	}
	found := changes.Only(mustFind(t, dir, paths...))
	var all []string
	for _, f := range found.Files {
		all = append(all, f.Path+":"+touched(changes, f.Path))
		if !changes.Touches(check.Finding{Path: f.Path}) {
			t.Errorf("%s: a finding without a line is left out", f.Path)
		}
	}
	for _, o := range found.Others {
		all = append(all, o.Path)
	}
	for _, u := range found.Unchecked {
		all = append(all, u.Path+" is not checked")
	}
	return strings.Join(all, " ")
}

func TestOnly(t *testing.T) {
	dir := mustHistory(t)
	checktest.Write(t, dir, map[string]string{
		".gitignore": "made/\n*.gen.*\n", "made/d.py": "", "h.gen.py": "", "h.gen.php": "", "same.txt": "", "new.rb": "", "sub/told.py": "told\n",
	})
	mustGit(t, dir, "add", "same.txt", "sub/told.py")
	mustGit(t, dir, "commit", "-qm", "more")
	if got, want := mustOnly(t, dir, "main", "a.py", "same.py", "sub"), "a.py:3 sub/c.py:abc sub/told.py:1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := mustOnly(t, dir, "HEAD", "."), "new.py:"+all+" sub/c.py:abc with \"quote\" and ü.py:"+all+" new.rb"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// What git ignores has no history.
	if got, want := mustOnly(t, dir, "HEAD", "made", "h.gen.py", "h.gen.php", "same.txt"), "h.gen.py:"+all+" made/d.py:"+all+" h.gen.php is not checked"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// Nor has what it was told not to look at.
	mustGit(t, dir, "update-index", "--assume-unchanged", "sub/told.py")
	mustGit(t, dir, "update-index", "--skip-worktree", "same.py")
	checktest.Write(t, dir, map[string]string{"sub/told.py": "other\n"})
	if got, want := mustOnly(t, dir, "HEAD", "sub/told.py", "same.py", "a.py"), "same.py:"+all+" sub/told.py:"+all; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A link leads to what has changed behind it.
func TestOnlyThroughLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	dir := mustHistory(t)
	beside := t.TempDir()
	link := func(name, target string) {
		if err := os.Symlink(target, name); err != nil {
			t.Fatal(err)
		}
	}
	link(filepath.Join(beside, "r"), dir)
	for name, target := range map[string]string{"link": "sub", "b-link.py": "b.py", "same-link.py": "same.py"} {
		link(filepath.Join(dir, name), target)
	}
	mustGit(t, dir, "checkout", "-qb", "links")
	mustGit(t, dir, "add", "link", "b-link.py", "same-link.py")
	mustGit(t, dir, "reset", "-q", "b.py")
	mustGit(t, dir, "commit", "-qm", "links")
	link(filepath.Join(dir, "new-link.py"), ".gitattributes")
	checktest.Write(t, dir, map[string]string{".gitattributes": "# what is no Python by its own name\n"})
	mustGit(t, dir, "add", ".gitattributes")
	mustGit(t, dir, "commit", "-qm", "attributes")
	linked := filepath.Join(beside, "r")
	for _, c := range []struct{ dir, path, want string }{
		{dir, "link", "link/c.py:abc"},
		{dir, "b-link.py", "b-link.py:567"},
		{dir, "same-link.py", ""},
		{dir, "new-link.py", "new-link.py:" + all},
		{linked, "sub", "sub/c.py:abc"},
		{linked, filepath.Join(linked, "b.py"), "b.py:567"},
		{filepath.Join(linked, "link"), "c.py", "c.py:abc"},
	} {
		if got := mustOnly(t, c.dir, "HEAD", c.path); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.path, c.dir, got, c.want)
		}
	}
	if got := mustOnly(t, dir, "HEAD", filepath.Join(linked, "b.py")); !strings.HasSuffix(got, "/r/b.py:567") {
		t.Errorf("by an absolute path: %s", got)
	}
}

// mustModule makes a repository with a submodule "module" in which "work" changed a line, and
// clones of that one's repository: "clone", which it has not, and the one that it returns.
func mustModule(t *testing.T) (dir, other string) {
	t.Helper()
	ownGit(t)
	dir, other = t.TempDir(), t.TempDir()
	checktest.Write(t, other, map[string]string{"in.py": ten, "same.py": ten})
	mustGit(t, other, "init", "-q")
	mustGit(t, other, "add", ".")
	mustGit(t, other, "commit", "-qm", "x")
	checktest.Write(t, dir, map[string]string{"a.py": ten})
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "submodule", "--quiet", "add", other, "module")
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	mustGit(t, dir, "checkout", "-qb", "work")
	module := filepath.Join(dir, "module")
	checktest.Write(t, module, map[string]string{"in.py": strings.Replace(ten, "3\n", "three\n", 1)})
	mustGit(t, module, "commit", "-qam", "y")
	mustGit(t, dir, "commit", "-qam", "module goes on")
	checktest.Write(t, module, map[string]string{"in.py": strings.Replace(ten, "3\n4\n", "three\nfour\n", 1), "new.py": ""})
	mustGit(t, dir, "clone", "-q", other, "clone")
	return dir, other
}

// A submodule is compared with what the base had of it; another repository with nothing.
func TestOnlyNested(t *testing.T) {
	dir, other := mustModule(t)
	clone := "clone/in.py:" + all + " clone/same.py:" + all
	for base, want := range map[string]string{"main": "34", "work": "4"} {
		if got, want := mustOnly(t, dir, base, "."), clone+" module/in.py:"+want+" module/new.py:"+all; got != want {
			t.Errorf("since %s: %s, want %s", base, got, want)
		}
	}
	if got := mustOnly(t, dir, "main", other); strings.Count(got, all) != 2 {
		t.Errorf("beside: %s", got)
	}
	// A base without the submodule, and one whose commit of it is not here.
	mustGit(t, dir, "checkout", "-q", "--orphan", "alone")
	mustGit(t, dir, "rm", "-qf", "--cached", "module")
	mustGit(t, dir, "commit", "-qm", "without")
	mustGit(t, dir, "update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("12", 20)+",module")
	mustGit(t, dir, "commit", "-qm", "with another")
	want := clone + " module/in.py:" + all + " module/new.py:" + all + " module/same.py:" + all
	for _, base := range []string{"HEAD~1", "HEAD"} {
		if got := mustOnly(t, dir, base, "."); got != want {
			t.Errorf("since %s: %s, want %s", base, got, want)
		}
	}
}

// In a hook git is told by the environment which index to use, which is not the submodule's.
func TestOnlyNestedInHook(t *testing.T) {
	dir, _ := mustModule(t)
	t.Setenv("GIT_INDEX_FILE", filepath.Join(dir, ".git", "index"))
	changes, err := worktree.Since(t.Context(), dir, "main")
	if err != nil {
		t.Fatal(err)
	}
	found := changes.Only(worktree.Found{Files: []check.File{{Path: "a.py"}, {Path: "module/in.py"}, {Path: "module/same.py"}}})
	if diff := cmp.Diff([]check.File{{Path: "module/in.py"}, {Path: "module/same.py"}}, found.Files); diff != "" {
		t.Error(diff)
	}
}
