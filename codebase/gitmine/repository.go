package gitmine

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A repository is a git repository on this machine.
type repository struct {
	git
	// name is how examples call it: the address that it was cloned from, without a
	// user's name or password, or else its folder.
	name string
	// tip is the commit whose history is looked at, or "" where there is none yet.
	tip string
	// shallow is true where the history has been cut off.
	shallow bool
	notes   []string
}

// commitID is the id of an object, of SHA-1 or SHA-256.
var commitID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// open finds the repository that a folder is, or lies in, and the commit that revision
// names; where that is empty, what is checked out.
func open(ctx context.Context, path, revision string) (*repository, error) {
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
	r := &repository{git: git{program: program, from: full, safe: trusted(ctx, program)}}
	dirs, err := r.output(ctx, "rev-parse", "--absolute-git-dir", "--is-shallow-repository")
	if err != nil {
		return nil, notOpened(path, err)
	}
	dir, shallow, _ := strings.Cut(strings.TrimSpace(dirs), "\n")
	r.dir, r.shallow = filepath.FromSlash(strings.TrimSpace(dir)), shallow == "true"
	if r.shallow {
		r.notes = append(r.notes, "the clone is shallow: fixes before its first commits are not there to be found (git fetch --unshallow gets them)")
	}
	r.name = r.nameOf(ctx, full)
	if r.tip, err = r.resolve(ctx, revision); err != nil {
		return nil, fmt.Errorf("open repository %s: %w", path, err)
	}
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

// nameOf finds the repository's name.
func (r *repository) nameOf(ctx context.Context, path string) string {
	remote, err := r.output(ctx, "config", "--local", "--get", "remote.origin.url")
	if name := publicAddress(strings.TrimSpace(remote)); err == nil && name != "" {
		return name
	}
	if filepath.Base(r.dir) == ".git" {
		return filepath.ToSlash(filepath.Dir(r.dir))
	}
	return filepath.ToSlash(path)
}

// scpAddress is an address as ssh has it: "git@host:owner/name".
var scpAddress = regexp.MustCompile(`^(?:[^@/:]+@)?([\w.-]+):([^/].*)$`)

// publicAddress makes the address of a remote one that may be shown and that is the same
// whatever way it was cloned: without user, password and ".git". It is empty for a path
// and what is not understood.
func publicAddress(remote string) string {
	if m := scpAddress.FindStringSubmatch(remote); m != nil && !strings.Contains(remote, "://") {
		remote = "https://" + m[1] + "/" + m[2]
	}
	u, err := url.Parse(remote)
	if err != nil || u.Host == "" || strings.ContainsFunc(remote, notPlain) {
		return ""
	}
	switch u.Scheme {
	case "ssh", "git", "http", "https", "git+ssh":
	default:
		return ""
	}
	name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), ".git"), "/")
	return "https://" + strings.ToLower(u.Host) + name
}

func notPlain(c rune) bool { return c <= ' ' || c >= 0x7f }

// resolve finds the commit. In the middle of a rebase what is checked out is half done,
// so the branch as it was is taken.
func (r *repository) resolve(ctx context.Context, revision string) (string, error) {
	if revision == "" {
		for _, file := range []string{"rebase-merge/orig-head", "rebase-apply/orig-head"} {
			data, err := os.ReadFile(filepath.Join(r.dir, file))
			if id := strings.TrimSpace(string(data)); err == nil && commitID.MatchString(id) {
				r.notes = append(r.notes, "a rebase is going on: the branch is looked at as it was before")
				return id, nil
			}
		}
		revision = "HEAD"
	}
	id, err := r.output(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err == nil {
		return strings.TrimSpace(id), nil
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if revision == "HEAD" {
		if refs, err := r.output(ctx, "for-each-ref", "--count=1"); err == nil && refs == "" {
			r.notes = append(r.notes, "the repository has no commits yet")
			return "", nil
		}
	}
	return "", fmt.Errorf("%q is no commit, branch or tag of it", revision)
}

// has reports whether the repository has a commit.
func (r *repository) has(ctx context.Context, id string) bool {
	_, err := r.output(ctx, "cat-file", "-e", id+"^{commit}")
	return err == nil
}
