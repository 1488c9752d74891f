package worktree

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strconv"
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

// A span is from a first line to a last one.
type span struct{ first, last int }

// everything is the span of a file that is new.
var everything = span{1, 1 << 30}

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

// parseDiff reads a unified diff without context: the new lines by path, and the old names of
// files that have a new one.
func parseDiff(diff string) (lines map[string][]span, renamed map[string]string) {
	lines, renamed = map[string][]span{}, map[string]string{}
	path, from := "", ""
	left := 0 // lines of the hunk that are still to come: they may look like headers
	for line := range strings.SplitSeq(diff, "\n") {
		switch {
		case left > 0 && line != "" && (line[0] == '+' || line[0] == '-'):
			left--
		case strings.HasPrefix(line, "+++ "):
			path = ""
			name := unquoted(strings.TrimSuffix(strings.TrimPrefix(line, "+++ "), "\t"))
			if rest, ok := strings.CutPrefix(name, "b/"); ok {
				path = rest
			}
		case strings.HasPrefix(line, "rename from "):
			from = unquoted(strings.TrimPrefix(line, "rename from "))
		case strings.HasPrefix(line, "rename to "):
			renamed[unquoted(strings.TrimPrefix(line, "rename to "))] = from
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
	return lines, renamed
}

// unquoted is a name as it is, which git quotes where it has to.
func unquoted(name string) string {
	if plain, err := strconv.Unquote(name); err == nil {
		return plain
	}
	return name
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
