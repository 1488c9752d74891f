package worktree

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// Changes are lines that are new or other than before.
type Changes struct {
	// Base is the commit that they are compared with.
	Base  string
	lines map[string][]span
}

// Since compares the files as they are now, with what is not committed and what git does
// not know yet, with a commit: the one from which the present branch and base went apart,
// or base itself where they have nothing in common. A file that only has another name has no
// changed lines, unless no check has seen it under the old one.
func Since(ctx context.Context, dir, base string) (Changes, error) {
	root, err := Root(ctx, dir)
	if err != nil {
		return Changes{}, fmt.Errorf("find out what changed since %s: %w", base, err)
	}
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", base+"^{commit}")
	if err != nil {
		return Changes{}, fmt.Errorf("%q is no commit, branch or tag of this repository", base)
	}
	commit = strings.TrimSpace(commit)
	if common, err := git(ctx, dir, "merge-base", commit, "HEAD"); err == nil {
		commit, _, _ = strings.Cut(common, "\n")
	}
	diff, err := git(ctx, root, "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--no-relative", "--unified=0",
		"--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0", commit, "--")
	if err != nil {
		return Changes{}, fmt.Errorf("find out what changed since %s: %w", base, err)
	}
	c := Changes{Base: commit, lines: map[string][]span{}}
	dir = Resolved(dir)
	name := func(rel string) string {
		full := filepath.Join(Resolved(root), filepath.FromSlash(rel))
		if rel, err := filepath.Rel(dir, full); err == nil {
			return filepath.ToSlash(rel)
		}
		return full
	}
	lines, renamed := parseDiff(diff)
	for path, spans := range lines {
		c.lines[name(path)] = spans
	}
	for path, old := range renamed {
		if path := name(path); unseen(name(old), path) {
			c.lines[path] = []span{everything}
		}
	}
	untracked, err := git(ctx, root, "ls-files", "-z", "--others", "--exclude-standard")
	if err != nil {
		return Changes{}, fmt.Errorf("find out what changed since %s: %w", base, err)
	}
	for path := range strings.SplitSeq(untracked, "\x00") {
		if path != "" {
			c.lines[name(path)] = []span{everything}
		}
	}
	return c, nil
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

// Holds reports whether the file has changed lines.
func (c Changes) Holds(path string) bool { return len(c.lines[path]) > 0 }

// Touches reports whether a finding is on a changed line, or its range holds one. One without a
// line is of its whole file, and one without a file of everything.
func (c Changes) Touches(f check.Finding) bool {
	if f.Line == 0 {
		return f.Path == "" || c.Holds(f.Path)
	}
	last := max(f.Line, f.EndLine)
	for _, s := range c.lines[f.Path] {
		if f.Line <= s.last && last >= s.first {
			return true
		}
	}
	return false
}
