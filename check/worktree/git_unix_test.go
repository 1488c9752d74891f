//go:build unix

package worktree_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/worktree"
)

// What the configuration of a repository names does not run, and its index stays.
func TestSinceRunsNothing(t *testing.T) {
	dir := mustHistory(t)
	ran := filepath.Join(t.TempDir(), "ran")
	for name, program := range map[string]string{
		"filter.x.clean": "cat", "filter.x y.smudge": "cat", "filter.x y.process": "cat", "diff.x.command": "true", "diff.x.textconv": "cat", "core.fsmonitor": "true",
	} {
		mustGit(t, dir, "config", name, "echo "+name+" >> "+ran+"; "+program)
	}
	mustGit(t, dir, "config", "filter.x.required", "true")
	checktest.Write(t, dir, map[string]string{
		".gitattributes":               "* filter=x diff=x\nsub/* filter=\"x y\"\n",
		".git/hooks/post-index-change": "#!/bin/sh\necho hook >> " + ran + "\n",
		"a.py":                         strings.Replace(ten, "3\n", "drei\n", 1), "same.py": ten, // whose time is another one now
	})
	if err := os.Chmod(filepath.Join(dir, ".git/hooks/post-index-change"), 0o755); err != nil {
		t.Fatal(err)
	}
	index := mustRead(t, filepath.Join(dir, ".git/index"))
	if got := mustOnly(t, dir, "main", "a.py", "b.py"); got != "a.py:"+all+" b.py:"+all {
		t.Errorf("with a filter: %s", got)
	}
	if data, err := os.ReadFile(ran); err == nil {
		t.Errorf("programs ran: %s", data)
	}
	if mustRead(t, filepath.Join(dir, ".git/index")) != index {
		t.Error("the index is another one")
	}
	mustGit(t, dir, "config", "filter.a=b.clean", "cat")
	if _, err := worktree.Since(t.Context(), dir, "main"); err == nil || !strings.Contains(err.Error(), "filter.a=b holds an =") {
		t.Errorf("error %v", err)
	}
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Lines of what git stores are not those of a file that a filter made of it.
func TestSinceFiltered(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "config", "filter.up.clean", "grep -v '^above$'")
	mustGit(t, dir, "config", "filter.up.smudge", "echo above; echo above; cat")
	checktest.Write(t, dir, map[string]string{".gitattributes": "*.py filter=up\n", "a.py": ten, "same.py": ten, "b.c": ten})
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	changed := strings.Replace(ten, "3\n", "three\n", 1)
	checktest.Write(t, dir, map[string]string{"a.py": changed, "b.c": changed})
	mustGit(t, dir, "commit", "-qam", "changed")
	for _, name := range []string{"a.py", "same.py"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		mustGit(t, dir, "checkout", "-q", name)
	}
	changes, err := worktree.Since(t.Context(), dir, "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	if !changes.Touches(check.Finding{Path: "a.py", Line: 5}) || touched(changes, "b.c") != "3" {
		t.Errorf("lines %q of a.py, %q of b.c", touched(changes, "a.py"), touched(changes, "b.c"))
	}
}

// What a partial clone lacks is not fetched; that it lacks it is an error.
func TestSinceFetchesNothing(t *testing.T) {
	from := mustHistory(t)
	mustGit(t, from, "commit", "-qm", "b.py, which is to be compared with what the clone has not")
	checktest.Write(t, from, map[string]string{"b.py": "other\n"})
	mustGit(t, from, "commit", "-qam", "b.py anew")
	mustGit(t, from, "config", "uploadpack.allowFilter", "true")
	mustGit(t, from, "config", "uploadpack.allowAnySHA1InWant", "true")
	dir, ran := filepath.Join(t.TempDir(), "clone"), filepath.Join(t.TempDir(), "ran")
	mustGit(t, from, "clone", "-q", "--filter=blob:none", "file://"+from, dir)
	mustGit(t, dir, "config", "protocol.file.allow", "always")
	mustGit(t, dir, "config", "remote.origin.uploadpack", "touch "+ran+"; git-upload-pack")
	_, err := worktree.Since(t.Context(), dir, "origin/work~1")
	if err == nil || !strings.Contains(err.Error(), "could not fetch") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("it fetched")
	}
}
