package worktree_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/worktree"
)

const all = "123456789abcdefghijk"

// utf16 is a text in UTF-16 with its mark, which compilers of Windows read.
func utf16(text string) string {
	return "\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00"
}

// What git takes for no text has changed as a whole, and Python may read it all the same.
func TestSinceBinary(t *testing.T) {
	ownGit(t)
	dir := t.TempDir()
	quoted, space := "a \"ü\"\t.pb.go", "with space and .pb.go b"
	if runtime.GOOS == "windows" {
		quoted = "a ü.pb.go" // it has no such names
	}
	before := map[string]string{
		"a.pb.go": ten, "same.pb.go": "s" + ten, quoted: "q" + ten, space: "w" + ten, "gone.pb.go": "g" + ten, "old.pb.go": "o" + ten,
		"moved.pb.go": "m" + ten, "`tick`.pb.go": "t" + ten, "nul.py": ten, "wide.cs": utf16(ten), "text.py": ten,
	}
	checktest.Write(t, dir, before)
	mustGit(t, dir, "init", "-q")
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "base")
	// A pull request may bring the line itself.
	checktest.Write(t, dir, map[string]string{".gitattributes": "*.pb.go* -diff\n"})
	edit := func(name, now string) {
		checktest.Write(t, dir, map[string]string{now: strings.Replace(before[name], "4\n", "four\n", 1)})
	}
	mustGit(t, dir, "mv", "old.pb.go", "`new`.pb.go")
	mustGit(t, dir, "mv", "moved.pb.go", "now "+quoted)
	mustGit(t, dir, "rm", "-q", "gone.pb.go")
	edit("old.pb.go", "`new`.pb.go")
	for _, name := range []string{"a.pb.go", quoted, space, "`tick`.pb.go", "text.py"} {
		edit(name, name)
	}
	checktest.Write(t, dir, map[string]string{"nul.py": ten + "\x00\n", "wide.cs": utf16(ten + "11\n"), "added.pb.go": ten})
	mustGit(t, dir, "add", ".")
	mustGit(t, dir, "commit", "-qm", "pull request")
	changes, err := worktree.Since(t.Context(), dir, "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.pb.go": all, quoted: all, space: all, "`tick`.pb.go": all, "`new`.pb.go": all, "added.pb.go": all, "nul.py": all, "wide.cs": all,
		"same.pb.go": "", "now " + quoted: "", "text.py": "4",
	} {
		if got := touched(changes, path); got != want {
			t.Errorf("%s: lines %q changed, want %q", path, got, want)
		}
	}
}

// A finding without a line is of its whole file.
func TestTouchesWithoutLine(t *testing.T) {
	changes, err := worktree.Since(t.Context(), mustHistory(t), "main")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{"": true, "new.py": true, "a.py": true, "same.py": false, "missing.py": false} {
		if got := changes.Touches(check.Finding{Path: path}); got != want {
			t.Errorf("%q: %v, want %v", path, got, want)
		}
	}
}
