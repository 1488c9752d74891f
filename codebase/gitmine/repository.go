package gitmine

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

// A repository is a git repository on this machine.
type repository struct {
	*gitobjects.Repository
	// name is how examples call it: the address that it was cloned from, without a
	// user's name or password, or else its folder.
	name string
	// tip is the commit whose history is looked at, or "" where there is none yet.
	tip   string
	notes []string
}

// open finds the repository that a folder is, or lies in, and the commit that revision
// names; where that is empty, what is checked out.
func open(ctx context.Context, path, revision string) (*repository, error) {
	opened, err := gitobjects.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	r := &repository{Repository: opened}
	if r.Shallow {
		r.notes = append(r.notes, "the clone is shallow: fixes before its first commits are not there to be found (git fetch --unshallow gets them)")
	}
	r.name = r.nameOf(ctx)
	if r.tip, err = r.resolve(ctx, revision); err != nil {
		return nil, fmt.Errorf("open repository %s: %w", path, err)
	}
	return r, nil
}

// nameOf finds the repository's name.
func (r *repository) nameOf(ctx context.Context) string {
	remote, err := r.Output(ctx, "config", "--local", "--get", "remote.origin.url")
	if name := publicAddress(strings.TrimSpace(remote)); err == nil && name != "" {
		return name
	}
	if filepath.Base(r.Dir) == ".git" {
		return filepath.ToSlash(filepath.Dir(r.Dir))
	}
	return filepath.ToSlash(r.Path)
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
			data, err := os.ReadFile(filepath.Join(r.Dir, file))
			if id := strings.TrimSpace(string(data)); err == nil && gitobjects.IsID(id) {
				r.notes = append(r.notes, "a rebase is going on: the branch is looked at as it was before")
				return id, nil
			}
		}
		revision = "HEAD"
	}
	id, err := r.Output(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err == nil {
		return strings.TrimSpace(id), nil
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if revision == "HEAD" {
		if refs, err := r.Output(ctx, "for-each-ref", "--count=1"); err == nil && refs == "" {
			r.notes = append(r.notes, "the repository has no commits yet")
			return "", nil
		}
	}
	return "", fmt.Errorf("%q is no commit, branch or tag of it", revision)
}
