package worktree

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// Changes are lines that are new or other than before.
type Changes struct {
	// Base is the commit that they are compared with.
	Base string
	dir  string
	// lines and tracked, the files of which git tells all changes, are by full paths without
	// symbolic links: a file may be asked for by a name that git does not know.
	lines   map[string][]span
	tracked map[string]bool
}

// Since compares the files as they are now, with what is not committed and what git does
// not know yet, with a commit: the one from which the present branch and base went apart,
// or base itself where they have nothing in common. A file that only has another name has no
// changed lines, unless no check has seen it under the old one. A submodule is compared with
// the commit that the repository had of it.
func Since(ctx context.Context, dir, base string) (Changes, error) {
	root, err := Root(ctx, dir)
	if err != nil {
		return Changes{}, fmt.Errorf("find out what changed since %s: %w", base, err)
	}
	commit, err := commitOf(ctx, dir, base)
	if err != nil {
		return Changes{}, fmt.Errorf("%q is no commit, branch or tag of this repository", base)
	}
	if common, err := git(ctx, dir, "merge-base", commit, "HEAD"); err == nil {
		commit, _, _ = strings.Cut(common, "\n")
	}
	c := Changes{Base: commit, dir: dir, lines: map[string][]span{}, tracked: map[string]bool{}}
	if err := c.add(ctx, Resolved(root), commit); err != nil {
		return Changes{}, fmt.Errorf("find out what changed since %s: %w", base, err)
	}
	return c, nil
}

// commitOf is the commit that a name stands for in the repository of a folder.
func commitOf(ctx context.Context, dir, name string) (string, error) {
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	return strings.TrimSpace(commit), err
}

// add takes in what has changed since a commit in the repository with this root.
func (c Changes) add(ctx context.Context, root, commit string) error {
	off, err := filtersOff(ctx, root)
	if err != nil {
		return err
	}
	diff, err := gitWith(ctx, root, off, "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--no-relative", "--unified=0",
		"--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0", commit, "--")
	if err != nil {
		return err
	}
	full := func(path string) string { return filepath.Join(root, filepath.FromSlash(path)) }
	lines, renamed := parseDiff(diff)
	for path, spans := range lines {
		c.lines[full(path)] = spans
	}
	here := finder{dir: Resolved(c.dir)}
	for path, old := range renamed {
		if path := full(path); unseen(here.name(full(old)), here.name(path)) {
			c.lines[path] = []span{everything}
		}
	}
	if len(off) > 0 {
		// The lines are those of what git stores, which a filter may have turned into any others.
		filtered, err := git(ctx, root, "ls-files", "-z", "--", ".", ":(exclude,attr:!filter)")
		if err != nil {
			return err
		}
		for path := range strings.SplitSeq(filtered, "\x00") {
			if path := full(path); len(c.lines[path]) > 0 {
				c.lines[path] = []span{everything}
			}
		}
	}
	listed, err := git(ctx, root, "ls-files", "-z", "-v", "--stage", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for entry := range strings.SplitSeq(listed, "\x00") {
		tag, entry, _ := strings.Cut(entry, " ")
		_, path, _ := strings.Cut(entry, "\t")
		switch {
		case tag == "?":
			c.lines[full(entry)] = []span{everything}
		case strings.HasPrefix(entry, "160000 "):
			if err := c.addSubmodule(ctx, root, path, commit); err != nil {
				return err
			}
		case tag == "H": // The others are those that git was told not to look at, and those in conflict.
			c.tracked[full(path)] = true
		}
	}
	return nil
}

// addSubmodule takes in what has changed in a submodule since what the commit has of it. Where
// that cannot be told, nothing of it is tracked.
func (c Changes) addSubmodule(ctx context.Context, root, path, commit string) error {
	for _, name := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"} {
		if os.Getenv(name) != "" {
			return nil // They are of the outer repository, as in its hooks, and git would use them here, too.
		}
	}
	full := filepath.Join(root, filepath.FromSlash(path))
	if top, err := Root(ctx, full); err != nil || Resolved(top) != full {
		return ctx.Err() // It is not checked out.
	}
	before, err := git(ctx, root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+":"+path)
	if err != nil {
		return ctx.Err() // It is new.
	}
	before, err = commitOf(ctx, full, strings.TrimSpace(before))
	if err != nil {
		return ctx.Err()
	}
	return c.add(ctx, full, before)
}

// Resolved is a path without symbolic links, as git shows the root, where it can be followed.
func Resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// unseen reports whether a file was not checked as what it is now while it had its old name.
func unseen(old, now string) bool {
	return languageOf(old) != languageOf(now) || throughPassedOver(old)
}

// languageOf is a language, whether it can be checked or not, or empty.
func languageOf(name string) string {
	if language, ok := lang.FromPath(name); ok {
		return string(language)
	}
	language, _ := otherLanguage(name)
	return language
}

// throughPassedOver reports whether a path leads through a folder that is passed over.
func throughPassedOver(name string) bool {
	for part := range strings.SplitSeq(path.Dir(name), "/") {
		if _, ok := passedOver[part]; ok {
			return true
		}
	}
	return false
}

// full is a path of a result as the system knows it.
func (c Changes) full(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}

// of are the changed lines of a file.
func (c Changes) of(path string) []span { return c.lines[Resolved(c.full(path))] }

// Only is what has changed of what there is to check. A file that the repository does not track,
// be it ignored, in another repository or in none, counts as changed as a whole, as nothing tells
// what it was before; so does one by a link that is new or leads elsewhere. Findings in it are
// touched from then on.
func (c Changes) Only(found Found) Found {
	same := func(path string) bool {
		full := c.full(path)
		file, link := Resolved(full), filepath.Join(Resolved(filepath.Dir(full)), filepath.Base(full))
		unknown := len(c.lines[file]) == 0 && !c.tracked[file]
		if unknown || link != file && len(c.lines[link]) > 0 {
			c.lines[file] = []span{everything}
		}
		return len(c.lines[file]) == 0
	}
	found.Files = slices.DeleteFunc(found.Files, func(f check.File) bool { return same(f.Path) })
	found.Unchecked = slices.DeleteFunc(found.Unchecked, func(u check.Unchecked) bool { return same(u.Path) })
	found.Others = slices.DeleteFunc(found.Others, func(o Other) bool { return same(o.Path) })
	return found
}

// Holds reports whether the file has changed lines.
func (c Changes) Holds(path string) bool { return len(c.of(path)) > 0 }

// Touches reports whether a finding is on a changed line, or its range holds one. One without a
// line is of its whole file, and one without a file of everything.
func (c Changes) Touches(f check.Finding) bool {
	if f.Line == 0 {
		return f.Path == "" || c.Holds(f.Path)
	}
	last := max(f.Line, f.EndLine)
	for _, s := range c.of(f.Path) {
		if f.Line <= s.last && last >= s.first {
			return true
		}
	}
	return false
}
