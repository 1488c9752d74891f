package integration

import (
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// lineStarts lists where the lines of code begin, the first and an empty last one
// left out.
func lineStarts(code string) []int {
	var starts []int
	for i := range len(code) {
		if code[i] == '\n' && i+1 < len(code) {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// bestStart chooses the line at which code that had to be cut begins: the least
// indented of those that keep at least half of what could be kept, because a
// top-level construct is whole from there on; among these one behind an empty
// line, and then the first. starts is in order and not empty.
func bestStart(l lang.Language, code string, starts []int) int {
	latest := starts[0] + (len(code)-starts[0])/2
	best, bestRank := starts[0], rank(l, code, starts[0])
	for _, start := range starts[1:] {
		if start > latest {
			break
		}
		if r := rank(l, code, start); r < bestRank {
			best, bestRank = start, r
		}
	}
	return best
}

// rank says how bad a place the line that begins at start is to begin with.
func rank(l lang.Language, code string, start int) int {
	line, _, _ := strings.Cut(code[start:], "\n")
	text := strings.TrimLeft(line, " \t")
	before := code[:start-1]
	before = strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:])
	r := 2 * (len(line) - len(text))
	if before != "" {
		r++
	}
	spliced := (l == lang.C || l == lang.CPP) && strings.HasSuffix(before, `\`)
	if spliced || !begins(text) {
		r += 1 << 20
	}
	return r
}

// begins reports whether a construct can begin with the line: not one that closes
// or goes on with what was before.
func begins(line string) bool {
	if strings.TrimSpace(line) == "" || strings.ContainsRune(`})]{.,;:?&|*+-=<>"'`+"`", rune(line[0])) {
		return false
	}
	for _, word := range []string{"else", "elif", "except", "finally", "catch", "case", "default", "#else", "#elif", "#endif"} {
		if strings.HasPrefix(line, word) {
			return false
		}
	}
	return true
}
