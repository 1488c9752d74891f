package worktree

import (
	"strconv"
	"strings"
)

// A span is from a first line to a last one.
type span struct{ first, last int }

// everything is the span of a file that is new.
var everything = span{1, 1 << 30}

// parseDiff reads a unified diff without context: the new lines by path, and the old names of
// files that have a new one. Where git shows no lines, all count.
func parseDiff(diff string) (lines map[string][]span, renamed map[string]string) {
	lines, renamed = map[string][]span{}, map[string]string{}
	path, from := "", ""
	left := 0 // lines of the hunk that are still to come: they may look like headers
	for line := range strings.SplitSeq(diff, "\n") {
		switch {
		case left > 0 && line != "" && (line[0] == '+' || line[0] == '-'):
			left--
		case strings.HasPrefix(line, "diff --git "):
			// The name twice, unless the file has a new one, which a line of its own gives below.
			names := strings.TrimPrefix(line, "diff --git ")
			path = strings.TrimPrefix(unquoted(names[min(len(names), len(names)/2+1):]), "b/")
		case strings.HasPrefix(line, "Binary files "):
			// Anyone may call a text so in .gitattributes, and Python reads some that git takes for none.
			lines[path] = []span{everything}
		case strings.HasPrefix(line, "+++ "):
			path = ""
			name := unquoted(strings.TrimSuffix(strings.TrimPrefix(line, "+++ "), "\t"))
			if rest, ok := strings.CutPrefix(name, "b/"); ok {
				path = rest
			}
		case strings.HasPrefix(line, "rename from "):
			from = unquoted(strings.TrimPrefix(line, "rename from "))
		case strings.HasPrefix(line, "rename to "):
			path = unquoted(strings.TrimPrefix(line, "rename to "))
			renamed[path] = from
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
	if strings.HasPrefix(name, `"`) { // Go has other quotes, which are parts of names.
		if plain, err := strconv.Unquote(name); err == nil {
			return plain
		}
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
