package sven

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	undefined   = regexp.MustCompile("undefined reference to [`'\"]([^'\"]+)['\"]")
	missingCall = regexp.MustCompile(`(?m)^missing (\w+)$`)
	wholeNumber = regexp.MustCompile(`-?\d+`)
)

// missingFunctions are the functions that a linker found nowhere.
func missingFunctions(diagnostics string) []string {
	var names []string
	for _, m := range undefined.FindAllStringSubmatch(diagnostics, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// prints reports whether a whole number stands in the text.
func prints(text, number string) bool {
	return slices.Contains(wholeNumber.FindAllString(text, -1), number)
}

// firstLine is the first line with something in it, not too long.
func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			return clip(line, 300)
		}
	}
	return ""
}

// clip cuts text off behind so many bytes, and makes it printable.
func clip(text string, most int) string {
	if len(text) > most {
		for most > 0 && !utf8.RuneStart(text[most]) {
			most--
		}
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", "␀"), "\uFFFD")
}

// gccError is what gcc says, from its first error on.
func gccError(diagnostics string) string {
	if at := strings.Index(diagnostics, "error:"); at >= 0 {
		if start := strings.LastIndexByte(diagnostics[:at], '\n'); start >= 0 {
			return diagnostics[start:]
		}
	}
	return diagnostics
}

// names lists what runs tried.
func names(runs []cRun) string {
	var all []string
	for _, r := range runs {
		all = append(all, r.Name)
	}
	return clip(strings.Join(all, "; "), 400)
}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// input shows what a case gives a program.
func input(c cCase) string {
	var parts []string
	for _, a := range c.Args {
		parts = append(parts, "argument "+strconv.Quote(clip(a, 80)))
	}
	for _, e := range c.Env {
		parts = append(parts, "harness "+e)
	}
	if c.Stdin != "" {
		parts = append(parts, "standard input "+strconv.Quote(clip(c.Stdin, 120)))
	}
	return strings.Join(parts, "; ")
}

// output shows what was seen of a run.
func output(r cRun) string {
	var b strings.Builder
	b.WriteString(clip(r.Out, 500))
	if r.Err != "" {
		b.WriteString("\n[stderr] " + clip(r.Err, 200))
	}
	for i, f := range r.Findings {
		if i == 8 {
			break
		}
		b.WriteString("\n" + f.Text)
	}
	if r.Events != "" {
		b.WriteString("\n[harness] " + strings.ReplaceAll(clip(strings.TrimSpace(r.Events), 300), "\n", "; "))
	}
	b.WriteString("\n[exit status " + strconv.Itoa(r.Code) + "]")
	return strings.TrimSpace(b.String())
}

// verdictOf makes the two results of a functional test.
func verdictOf(works bool, why string) (*bool, string) { return &works, why }
