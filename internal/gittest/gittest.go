// Package gittest makes git repositories for tests, and sets traps in them: programs in
// every place of a configuration from which git might run one.
//
//	r := gittest.New(t)
//	r.Commit("Begin", "a.c", "int x;\n")
//	traps := gittest.SetTraps(t, r)
//	// … read the repository …
//	traps.Check(t)
package gittest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/checktest"
)

// A Repo is a repository that a test builds with git.
type Repo struct {
	Dir string

	t    testing.TB
	when int
}

// New makes an empty repository with the branch main. The test is skipped where git is
// missing (see [checktest.Tool]).
func New(t testing.TB) *Repo {
	t.Helper()
	checktest.Tool(t, "git")
	r := &Repo{t: t, Dir: t.TempDir()}
	r.Git("init", "--quiet", "--initial-branch=main")
	return r
}

// Git runs git as the owner of the repository would, each time at a minute of its own.
func (r *Repo) Git(args ...string) string {
	r.t.Helper()
	out, err := r.command(args...).CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// Try is Git where it may fail.
func (r *Repo) Try(args ...string) error { return r.command(args...).Run() }

func (r *Repo) command(args ...string) *exec.Cmd {
	r.when++
	date := fmt.Sprintf("2024-01-01T%02d:%02d:00 +0000", r.when/60%24, r.when%60)
	// A new git goes on with its maintenance when it has ended, in a folder that is read or gone then.
	cmd := exec.Command("git", append([]string{"-C", r.Dir, "-c", "maintenance.auto=false"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.com",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	return cmd
}

// Write writes a file, and makes its folder.
func (r *Repo) Write(path, content string) {
	r.t.Helper()
	full := filepath.Join(r.Dir, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// Commit writes a file and commits everything; it returns the commit's id.
func (r *Repo) Commit(message, path, content string) string {
	r.t.Helper()
	r.Write(path, content)
	r.Git("add", "--all")
	r.Git("commit", "--quiet", "--message", message)
	return r.Git("rev-parse", "HEAD")
}
