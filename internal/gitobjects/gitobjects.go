// Package gitobjects reads what git repositories on this machine have stored: commits,
// trees, contents, and what changed between them. It is the one place where the project
// asks git about repositories that it does not trust.
//
//	r, err := gitobjects.Open(ctx, "/home/me/project")
//	objects := r.Objects(ctx, 2<<20)
//	defer objects.Close()
//	file, err := objects.Read("HEAD:src/name.c")
//	fmt.Printf("%s", file.Content)
//
// Nothing of a repository is run and nothing is fetched: only commands that print what is
// stored may be asked for, and hooks, filters, text conversions, pagers, prompts, replaced
// objects and the lazy fetches of partial clones are switched off, whatever the
// configuration of the repository, the user or the system says.
package gitobjects

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// ErrNoGit says that git is not on this machine.
var ErrNoGit = errors.New("git is not on this machine; get it by: apt install git (or your system's package of it)")

// objectID is the whole id of an object, of SHA-1 or SHA-256.
var objectID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// IsID reports whether a text is the whole id of an object, such as a commit.
func IsID(text string) bool { return objectID.MatchString(text) }

// A Repository is a git repository on this machine. It may be used by several goroutines.
type Repository struct {
	// Path is the folder that it was opened by, absolute; Dir its git directory.
	Path, Dir string
	// Shallow is true where the history has been cut off.
	Shallow bool

	program string
	// safe are the folders that the user has told git to trust.
	safe []string
}

// Open finds the repository that a folder is, or lies in. The error is ErrNoGit where git
// is missing.
func Open(ctx context.Context, path string) (*Repository, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, ErrNoGit
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("open repository: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("open repository: %s is a file; give the folder of a git repository", path)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open repository %s: %w", path, err)
	}
	r := &Repository{Path: full, program: program, safe: trusted(ctx, program)}
	dirs, err := r.Output(ctx, "rev-parse", "--absolute-git-dir", "--is-shallow-repository")
	if err != nil {
		return nil, notOpened(path, err)
	}
	dir, shallow, _ := strings.Cut(strings.TrimSpace(dirs), "\n")
	r.Dir, r.Shallow = filepath.FromSlash(strings.TrimSpace(dir)), shallow == "true"
	return r, nil
}

// notOpened says in our words why git would not open a folder.
func notOpened(path string, err error) error {
	failed, ok := errors.AsType[*gitError](err)
	switch {
	case !ok:
	case strings.Contains(failed.said, "dubious ownership"):
		return fmt.Errorf("open repository: %s belongs to another user; if you trust it, run: git config --global --add safe.directory %s", path, path)
	case strings.Contains(failed.said, "not a git repository"):
		return fmt.Errorf("open repository: %s is no git repository, nor a folder of one", path)
	}
	return fmt.Errorf("open repository %s: %w", path, err)
}

// trusted are the folders that the user's own settings of git call safe: the one thing
// that is taken from them.
func trusted(ctx context.Context, program string) []string {
	cmd := exec.CommandContext(ctx, program, "config", "--global", "--get-all", "safe.directory")
	cmd.Dir = os.TempDir()
	separate(cmd)
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}

// Has reports whether the repository has a commit.
func (r *Repository) Has(ctx context.Context, id string) bool {
	_, err := r.Output(ctx, "cat-file", "-e", id+"^{commit}")
	return err == nil
}
