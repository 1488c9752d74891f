//go:build unix

package worktree_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
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
