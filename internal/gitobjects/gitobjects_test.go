package gitobjects_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/internal/gittest"
)

// mustChanged makes a repository whose second commit changes and renames files, and
// returns that commit.
func mustChanged(t *testing.T) (*gittest.Repo, string) {
	t.Helper()
	r := gittest.New(t)
	r.Write("old.c", "int a;\nint b;\nint c;\n")
	r.Commit("Begin", "name.c", "int x;\n")
	r.Git("mv", "old.c", "new.c")
	return r, r.Commit("Change", "name.c", "int y;\n")
}

func mustOpen(t *testing.T, dir string) *gitobjects.Repository {
	t.Helper()
	r, err := gitobjects.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mustRead reads all that a commit changed, and says of each file what it had and has.
func mustRead(t *testing.T, dir, commit string) string {
	t.Helper()
	r := mustOpen(t, dir)
	var all []gitobjects.Change
	if err := r.Changes(t.Context(), []string{commit}, func(id string, changes []gitobjects.Change) {
		if id != commit {
			t.Errorf("changes of %s", id)
		}
		all = changes
	}); err != nil {
		t.Fatal(err)
	}
	objects := r.Objects(t.Context(), 1000)
	defer objects.Close()
	var text strings.Builder
	for _, c := range all {
		text.WriteString(string(c.Status) + " " + c.From + " " + c.Path + ":")
		for _, id := range []string{c.Before, c.After} {
			o, err := objects.Read(id)
			if err != nil {
				o.Content = []byte(err.Error())
			}
			text.WriteString(" " + strings.TrimSpace(o.Kind+" "+strings.Join(strings.Fields(string(o.Content)), " ")))
		}
		text.WriteString("\n")
	}
	return text.String()
}

const wantChanged = "M name.c name.c: blob int x; blob int y;\nR old.c new.c: blob int a; int b; int c; blob int a; int b; int c;\n"

func TestRead(t *testing.T) {
	r, commit := mustChanged(t)
	if got := mustRead(t, r.Dir, commit); got != wantChanged && got != swapLines(wantChanged) {
		t.Errorf("%q", got)
	}
	opened := mustOpen(t, r.Dir)
	if !opened.Has(t.Context(), commit) || opened.Has(t.Context(), strings.Repeat("1", 40)) || opened.Shallow {
		t.Error("which commits it has")
	}
	objects := opened.Objects(t.Context(), 10)
	defer objects.Close()
	tree, err := objects.Read(commit + "^{tree}")
	if _, large := errors.AsType[*gitobjects.TooLargeError](err); !large || !gitobjects.Unread(err) {
		t.Errorf("a tree of more than 10 bytes: %+v, %v", tree, err)
	}
	for _, name := range []string{strings.Repeat("1", 40), "HEAD:none", "HEAD:name.c\nHEAD", "HEAD:\x00"} {
		if _, err := objects.Read(name); !errors.Is(err, gitobjects.ErrMissing) || !gitobjects.Unread(err) {
			t.Errorf("%q: %v", name, err)
		}
	}
	// What could not be read is in nobody's way.
	if o, err := objects.Read("HEAD:name.c"); o.Kind != "blob" || string(o.Content) != "int y;\n" || err != nil {
		t.Errorf("%+v, %v", o, err)
	}
}

// swapLines is a text of two lines the other way round.
func swapLines(text string) string {
	first, second, _ := strings.Cut(text, "\n")
	return second + first + "\n"
}

// A damaged object is an error, and the next one can be read all the same.
func TestDamaged(t *testing.T) {
	r, _ := mustChanged(t)
	blob := r.Git("rev-parse", "HEAD:name.c")
	path := filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("no object"), 0o600); err != nil {
		t.Fatal(err)
	}
	objects := mustOpen(t, r.Dir).Objects(t.Context(), 1000)
	defer objects.Close()
	if o, err := objects.Read(blob); err == nil {
		t.Errorf("read %+v", o)
	}
	if o, err := objects.Read("HEAD:new.c"); err != nil || !strings.HasPrefix(string(o.Content), "int a;") {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
	if _, err := gitobjects.Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "is no git repository") {
		t.Error(err)
	}
	if _, err := gitobjects.Open(t.Context(), filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	t.Setenv("PATH", dir)
	if _, err := gitobjects.Open(t.Context(), dir); !errors.Is(err, gitobjects.ErrNoGit) {
		t.Error(err)
	}
}

// TestHostile reads a repository whose configuration names a program wherever git knows
// how to run one. Each leaves a trace when it is run, and none may.
func TestHostile(t *testing.T) {
	r, commit := mustChanged(t)
	old := r.Git("rev-parse", commit+"~1:name.c")
	moved := r.Git("rev-parse", commit+":new.c")
	r.Git("replace", r.Git("rev-parse", commit+":name.c"), old)
	traps := gittest.SetTraps(t, r)
	if got := mustRead(t, r.Dir, commit); got != wantChanged && got != swapLines(wantChanged) {
		t.Errorf("%q", got)
	}
	traps.Check(t)

	// The traps work: git itself, asked without care, steps into them.
	_ = r.Try("diff", "--ext-diff", commit+"~1", commit)
	if len(traps.Sprung(t)) == 0 {
		t.Error("no trap was ever set")
	}

	// A missing object must not be fetched, whatever the remote is; not even to see whether
	// a file was renamed.
	for _, blob := range []string{old, moved} {
		if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
			t.Fatal(err)
		}
	}
	traps.Clear(t)
	for _, url := range []string{"ext::" + traps.Program, "ssh://evil.invalid/x", "file://" + t.TempDir(), "evil::x"} {
		traps.Plain(r, "config", "remote.origin.url", url)
		if got := mustRead(t, r.Dir, commit); !strings.Contains(got, gitobjects.ErrMissing.Error()) {
			t.Errorf("%s: %s", url, got)
		}
		traps.Check(t)
	}
}

// What the user's environment tells git is not heard either.
func TestEnvironment(t *testing.T) {
	r, commit := mustChanged(t)
	t.Setenv("GIT_DIR", t.TempDir())
	t.Setenv("GIT_TRACE", filepath.Join(t.TempDir(), "trace"))
	t.Setenv("GIT_EXTERNAL_DIFF", "false")
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "core.pager")
	t.Setenv("GIT_CONFIG_VALUE_0", "false")
	t.Setenv("GIT_OBJECT_DIRECTORY", t.TempDir())
	if got := mustRead(t, r.Dir, commit); got != wantChanged && got != swapLines(wantChanged) {
		t.Errorf("%q", got)
	}
}
