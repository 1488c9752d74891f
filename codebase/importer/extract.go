package importer

import (
	"errors"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

var errNoPartner = errors.New("the function before or after the fix does not stand beside it; only the paired files have both")

// functionName is the name of the function that a text holds, or "".
func functionName(l lang.Language, code string) string {
	if found := lang.Functions(l, code); len(found) > 0 {
		return found[0].Name
	}
	return ""
}

// A change is a function before and after a fix.
type change struct{ name, before, after string }

// A version is a function on one side of a fix.
type version struct{ name, code string }

// versions are the functions of a source text, without those within others: they are
// part of the one around them.
func versions(l lang.Language, src string) []version {
	var all []version
	for _, f := range lang.Functions(l, src) {
		if f.Outer >= 0 {
			continue
		}
		code := src[lineStart(src, f.Start):f.End]
		if l == lang.Python {
			code = dedent(code)
		}
		all = append(all, version{f.Name, code})
	}
	return all
}

// lineStart is the start of the line of an offset, where nothing but blanks stands
// between; otherwise it is the offset.
func lineStart(src string, offset int) int {
	start := strings.LastIndexByte(src[:offset], '\n') + 1
	if strings.TrimSpace(src[start:offset]) == "" {
		return start
	}
	return offset
}

// changes pairs the functions of both sides that differ in more than layout and
// comments. Functions are told by their names; where a name is there more than once,
// those that did not change are set aside first, and the rest is paired in its order
// if there are equally many. Functions that are on one side only make no pair: what
// they replace is not known.
func changes(l lang.Language, before, after []version) []change {
	old, current := byName(before), byName(after)
	var found []change
	seen := map[string]bool{}
	for _, v := range after {
		if seen[v.name] {
			continue
		}
		seen[v.name] = true
		was, is := unlike(l, old[v.name], current[v.name])
		if len(was) != len(is) {
			continue
		}
		for i := range was {
			found = append(found, change{v.name, was[i], is[i]})
		}
	}
	return found
}

func byName(all []version) map[string][]string {
	names := make(map[string][]string, len(all))
	for _, v := range all {
		names[v.name] = append(names[v.name], v.code)
	}
	return names
}

// unlike takes away what both sides have.
func unlike(l lang.Language, before, after []string) (was, is []string) {
	count := map[string]int{}
	prints := make([]string, len(before))
	for i, code := range before {
		prints[i] = codebase.Fingerprint(codebase.Example{Language: l, Code: code})
		count[prints[i]]++
	}
	for _, code := range after {
		print := codebase.Fingerprint(codebase.Example{Language: l, Code: code})
		if count[print] > 0 {
			count[print]--
			continue
		}
		is = append(is, code)
	}
	for i, code := range before {
		if count[prints[i]] > 0 {
			count[prints[i]]--
			was = append(was, code)
		}
	}
	return was, is
}

// changedFunctions are the functions that a fix changed in a file.
func changedFunctions(l lang.Language, before, after string) []change {
	if before == after {
		return nil
	}
	return changes(l, versions(l, before), versions(l, after))
}

// fileResults makes examples of the functions that a fix changed in a file. Of f
// everything but code and title is used.
func (in *input) fileResults(f fix, before, after string) []result {
	if f.language == "" {
		f.language, _ = lang.FromPath(f.path)
	}
	switch {
	case f.language == "":
		return []result{{skipped: skipLanguage}}
	case isTest(f.path):
		return []result{{skipped: skipTest}}
	case strings.TrimSpace(after) == "":
		return []result{{skipped: skipNoFix}}
	case strings.TrimSpace(before) == "":
		return []result{{skipped: skipNoBefore}}
	}
	return in.changeResults(f, changedFunctions(f.language, before, after))
}

// changeResults makes an example of each change.
func (in *input) changeResults(f fix, found []change) []result {
	switch {
	case len(found) == 0:
		return []result{{skipped: skipNoPair}}
	case len(found) > maxFunctions:
		return []result{{skipped: skipTooMany}}
	}
	results := make([]result, len(found))
	for i, c := range found {
		f.title, f.before, f.after = c.name, c.before, c.after
		results[i] = in.result(f)
	}
	return results
}

// dedent takes away the indentation that all lines have with the first one, so that
// a method of Python stands as a function. Code with strings that would change by
// it stays as it is.
func dedent(code string) string {
	indent := code[:len(code)-len(strings.TrimLeft(code, " \t"))]
	if indent == "" {
		return code
	}
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		switch rest, ok := strings.CutPrefix(line, indent); {
		case ok:
			lines[i] = rest
		case strings.TrimSpace(line) == "":
			lines[i] = ""
		default:
			return code
		}
	}
	for _, t := range lang.Lex(lang.Python, code) {
		if t.Kind == lang.String && strings.Contains(t.Text, "\n") && !isDocstring(code, t) {
			return code
		}
	}
	return strings.Join(lines, "\n")
}

// isDocstring reports whether a string stands alone on its lines, so that nothing
// depends on what it holds.
func isDocstring(code string, t lang.Token) bool {
	start := strings.LastIndexByte(code[:t.Offset], '\n') + 1
	return strings.TrimSpace(code[start:t.Offset]) == ""
}

// lastName is a function's name without the types around it.
func lastName(name string) string {
	if i := strings.LastIndexAny(name, ".:"); i >= 0 {
		return name[i+1:]
	}
	return name
}
