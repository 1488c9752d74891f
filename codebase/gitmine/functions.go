package gitmine

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/seccoder/seccoder/lang"
)

// A pair is a function before a commit and after it.
type pair struct {
	name          string
	before, after []string // lines of code, as normalLines makes them
	// code and insecure are the texts.
	code, insecure string
	// old and now are the lines of the file that it takes up before and after.
	old, now span
}

// A span is a run of lines, both ends included, the first line of a file being 1.
type span struct{ first, last int }

func spanOf(content string, f lang.Function) span {
	first := strings.Count(content[:f.Start], "\n") + 1
	return span{first, first + strings.Count(content[f.Start:f.End], "\n")}
}

func (s span) holds(line int) bool { return s.first <= line && line <= s.last }

// text makes a file's content UTF-8 and its line endings one. The reason says why a file
// is no text. Bytes that are no UTF-8 are left: they matter where a function holds them.
func text(content []byte) (s, reason string) {
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}), bytes.HasPrefix(content, []byte{0xfe, 0xff}):
		content = fromUTF16(content)
	case bytes.HasPrefix(content, []byte("version https://git-lfs.github.com/spec/")):
		return "", "kept by Git LFS, not in the repository"
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return "", "binary"
	}
	return strings.ReplaceAll(strings.TrimPrefix(string(content), "\uFEFF"), "\r\n", "\n"), ""
}

// fromUTF16 decodes text that begins with a byte order mark.
func fromUTF16(content []byte) []byte {
	units := make([]uint16, 0, len(content)/2)
	for i := 2; i+1 < len(content); i += 2 {
		a, b := content[i], content[i+1]
		if content[0] == 0xff {
			a, b = b, a
		}
		units = append(units, uint16(a)<<8|uint16(b))
	}
	return []byte(string(utf16.Decode(units)))
}

// languageOf tells a file's language: a header of C++ by what it holds.
func languageOf(path, content string) (lang.Language, bool) {
	l, ok := lang.FromPath(path)
	if l == lang.C && strings.HasSuffix(strings.ToLower(path), ".h") {
		for _, sign := range []string{"\nclass ", "\nnamespace ", "\ntemplate", "std::", "public:", "private:"} {
			if strings.Contains(content, sign) {
				return lang.CPP, true
			}
		}
	}
	return l, ok
}

// changed pairs the functions of a file before and after a commit, and returns those
// whose tokens differ. fresh are the names of functions that were not there before.
func changed(l lang.Language, before, after string) (pairs []pair, fresh []string) {
	old, now := lang.Functions(l, before), lang.Functions(l, after)
	byName := map[string][]int{}
	for i, f := range old {
		byName[f.Name] = append(byName[f.Name], i)
	}
	// The same text is the same function; only then the order counts.
	match := make([]int, len(now))
	for i, f := range now {
		match[i] = -1
		for _, o := range byName[f.Name] {
			if before[old[o].Start:old[o].End] == after[f.Start:f.End] {
				match[i] = o
				byName[f.Name] = slices.DeleteFunc(slices.Clone(byName[f.Name]), func(x int) bool { return x == o })
				break
			}
		}
	}
	differ := map[int]bool{}
	for i, f := range now {
		if match[i] >= 0 {
			continue
		}
		rest := byName[f.Name]
		if len(rest) == 0 {
			fresh = append(fresh, f.Name)
			continue
		}
		match[i], byName[f.Name] = rest[0], rest[1:]
		differ[i] = !slices.Equal(ownTokens(l, before, old, match[i]), ownTokens(l, after, now, i))
	}
	for i, f := range now {
		if !differ[i] || within(now, differ, i) {
			continue
		}
		o := old[match[i]]
		code, insecure := dedent(after[f.Start:f.End]), dedent(before[o.Start:o.End])
		pairs = append(pairs, pair{
			name: f.Name, code: code, insecure: insecure,
			before: normalLines(l, insecure), after: normalLines(l, code), old: spanOf(before, o), now: spanOf(after, f),
		})
	}
	return pairs, fresh
}

// within reports whether a function around this one changed itself.
func within(functions []lang.Function, differ map[int]bool, i int) bool {
	for o := functions[i].Outer; o >= 0; o = functions[o].Outer {
		if differ[o] {
			return true
		}
	}
	return false
}

// ownTokens are a function's tokens without layout, comments, and the functions within it.
func ownTokens(l lang.Language, src string, functions []lang.Function, i int) []string {
	f := functions[i]
	var inner []lang.Function
	for _, g := range functions[i+1:] {
		if g.Start >= f.End {
			break
		}
		if g.Outer == i {
			inner = append(inner, g)
		}
	}
	var own []string
	for _, t := range lang.Lex(l, src[f.Start:f.End]) {
		at := f.Start + t.Offset
		for len(inner) > 0 && at >= inner[0].End {
			inner = inner[1:]
		}
		if isCode(t) && (len(inner) == 0 || at < inner[0].Start) {
			own = append(own, t.Text)
		}
	}
	return own
}

func isCode(t lang.Token) bool {
	return t.Kind != lang.Space && t.Kind != lang.Newline && t.Kind != lang.Comment
}

// normalLines are the lines of code that hold any, their tokens with one blank between.
func normalLines(l lang.Language, code string) []string {
	var lines []string
	var line []string
	end := func() {
		if len(line) > 0 {
			lines = append(lines, strings.Join(line, " "))
		}
		line = line[:0]
	}
	for _, t := range lang.Lex(l, code) {
		switch {
		case t.Kind == lang.Newline:
			end()
		case isCode(t):
			line = append(line, t.Text)
		case t.Kind == lang.Space && strings.Contains(t.Text, "\n"):
			end()
		}
	}
	end()
	return lines
}

// dedent takes from each line the indentation of the first, as far as it has it.
func dedent(code string) string {
	indent := code[:len(code)-len(strings.TrimLeft(code, " \t"))]
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, indent); ok {
			line = rest
		}
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.Join(lines, "\n") + "\n"
}

// maxLineBytes is the longest line of code that people write.
const maxLineBytes = 2000

// unfit says why a function's text makes no example, or "".
func unfit(p pair, maxLines int) string {
	if n := strings.Count(p.code, "\n"); n > maxLines {
		return fmt.Sprintf("it has %d lines, more than %d", n, maxLines)
	}
	for line := range strings.SplitSeq(p.code, "\n") {
		if len(line) > maxLineBytes {
			return fmt.Sprintf("it has a line of %d bytes: generated or data", len(line))
		}
	}
	if !utf8.ValidString(p.code) || !utf8.ValidString(p.insecure) {
		return "it is not UTF-8 text"
	}
	return ""
}
