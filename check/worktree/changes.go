package worktree

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// Changes are lines that are new or other than before.
type Changes struct {
	// Base is the commit that they are compared with.
	Base  string
	lines map[string][]span
}

// A span is from a first line to a last one.
type span struct{ first, last int }

// everything is the span of a file that is new.
var everything = span{1, 1 << 30}

// Since compares the files as they are now, with what is not committed and what git does
// not know yet, with a commit: the one from which the present branch and base went apart,
// or base itself where they have nothing in common. A file that only has another name has no
// changed lines.
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
	for path, spans := range parseDiff(diff) {
		c.lines[name(path)] = spans
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

// parseDiff reads a unified diff without context: the new lines by path.
func parseDiff(diff string) map[string][]span {
	lines := map[string][]span{}
	path := ""
	left := 0 // lines of the hunk that are still to come: they may look like headers
	for line := range strings.SplitSeq(diff, "\n") {
		switch {
		case left > 0 && line != "" && (line[0] == '+' || line[0] == '-'):
			left--
		case strings.HasPrefix(line, "+++ "):
			path = ""
			name := strings.TrimSuffix(strings.TrimPrefix(line, "+++ "), "\t")
			if unquoted, err := strconv.Unquote(name); err == nil {
				name = unquoted
			}
			if rest, ok := strings.CutPrefix(name, "b/"); ok {
				path = rest
			}
		case strings.HasPrefix(line, "@@ -"):
			old, added, ok := hunk(line)
			if !ok {
				continue
			}
			left = old.last - old.first + 1 + added.last - added.first + 1
			if path != "" && added.last >= added.first {
				lines[path] = append(lines[path], added)
			}
		}
	}
	return lines
}

// hunk reads "@@ -3,2 +3,4 @@ …".
func hunk(line string) (old, added span, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return old, added, false
	}
	old, okOld := parseSpan(fields[1], "-")
	added, okAdded := parseSpan(fields[2], "+")
	return old, added, okOld && okAdded
}

func parseSpan(text, sign string) (span, bool) {
	text, signed := strings.CutPrefix(text, sign)
	begin, length, given := strings.Cut(text, ",")
	first, err := strconv.Atoi(begin)
	if err != nil || !signed {
		return span{}, false
	}
	n := 1
	if given {
		if n, err = strconv.Atoi(length); err != nil {
			return span{}, false
		}
	}
	return span{first, first + n - 1}, true
}

// Holds reports whether the file has changed lines.
func (c Changes) Holds(path string) bool { return len(c.lines[path]) > 0 }

// Touches reports whether a finding is on a changed line, or its range holds one.
func (c Changes) Touches(f check.Finding) bool {
	last := max(f.Line, f.EndLine)
	for _, s := range c.lines[f.Path] {
		if f.Line <= s.last && last >= s.first {
			return true
		}
	}
	return false
}
