package gitmine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/internal/gittest"
)

// TestHostile mines a repository that has a trap in each place from which git might run a
// program, and none may be stepped into; then one of whose objects one is missing.
func TestHostile(t *testing.T) {
	r, fix := fixed(t)
	traps := gittest.SetTraps(t, r)
	report, examples := mine(t, r.Dir, gitmine.Options{})
	if len(examples) != 1 || examples[0].Source.Commit != fix {
		t.Errorf("%s; %+v", names(examples), report)
	}
	traps.Check(t)

	blob := traps.Plain(r, "rev-parse", fix+"~1:src/name.c")
	if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	traps.Clear(t)
	if _, examples := mine(t, r.Dir, gitmine.Options{}); len(examples) != 0 {
		t.Error(names(examples))
	}
	traps.Check(t)
}

// TestReadOnly: mining writes nothing into the repository.
func TestReadOnly(t *testing.T) {
	r, _ := fixed(t)
	before := snapshot(t, r.Dir)
	mine(t, r.Dir, gitmine.Options{})
	if after := snapshot(t, r.Dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all.WriteString(path + " " + info.ModTime().String() + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
