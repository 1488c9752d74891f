package codebase

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// Validate reports what makes the example unfit for any store: an id that is not
// its content hash, an unknown language, no code, no kind of source or no
// licence, CWE ids that are out of range or repeated, a year that has not four
// digits, text that is not UTF-8 or holds a NUL, or control characters in what is
// shown to people on one line: all but the code and the checkers' names. Such text
// is refused and never repaired in silence: a repaired example would be another
// one, under another id. Whether the code is secure is not asked here.
func (e *Example) Validate() error {
	if err := e.validate(); err != nil {
		return fmt.Errorf("example %.12s (%.60q): %w", e.ID, e.Title, err)
	}
	return nil
}

func (e *Example) validate() error {
	if l, err := lang.Parse(string(e.Language)); err != nil {
		return err
	} else if l != e.Language {
		return fmt.Errorf("language %q: write %q", e.Language, l)
	}
	switch {
	case strings.TrimSpace(e.Code) == "":
		return fmt.Errorf("it has no code")
	case e.Source.Kind == "":
		return fmt.Errorf("it has no kind of source")
	case e.Source.Licence == "":
		return fmt.Errorf("it has no licence; give an SPDX expression, such as MIT or NOASSERTION")
	case e.AdmittedAt.UTC().Year() < 0 || e.AdmittedAt.UTC().Year() > 9999:
		return fmt.Errorf("it was admitted in the year %d", e.AdmittedAt.UTC().Year())
	}
	for i, cwe := range e.CWEs {
		if cwe < 1 || cwe > check.MaxCWE {
			return fmt.Errorf("%d is not a CWE id", int(cwe))
		}
		if slices.Contains(e.CWEs[:i], cwe) {
			return fmt.Errorf("%s is named twice", cwe)
		}
	}
	if err := e.validateText(); err != nil {
		return err
	}
	if want := e.Hash(); e.ID != want {
		return fmt.Errorf("its id is not its content hash %s; set ID to what Hash returns", want)
	}
	return nil
}

// A field is a text of an example, by the name that people know it by.
type field struct{ name, text string }

// validateText finds the first text that a store could not give back as it was, or
// that is one line to be printed and could do more to a terminal than that.
func (e *Example) validateText() error {
	lines := []field{
		{"title", e.Title}, {"fix", e.Fix},
		{"source kind", e.Source.Kind}, {"repository", e.Source.Repository}, {"commit", e.Source.Commit},
		{"path", e.Source.Path}, {"CVE", e.Source.CVE}, {"dataset", e.Source.Dataset},
		{"licence", e.Source.Licence}, {"admitted by", e.AdmittedBy},
	}
	texts := []field{{"code", e.Code}, {"insecure code", e.Insecure}}
	for _, checker := range e.CheckedBy {
		texts = append(texts, field{"checked by", checker})
	}
	for _, f := range slices.Concat(texts, lines) {
		if at := firstUnfit(f.text); at >= 0 {
			return fmt.Errorf("its %s is not UTF-8 text without NULs (byte %d of %d)", f.name, at+1, len(f.text))
		}
	}
	for _, f := range lines {
		if at := strings.IndexFunc(f.text, breaksLine); at >= 0 {
			r, _ := utf8.DecodeRuneInString(f.text[at:])
			return fmt.Errorf("its %s is not one line of plain text: byte %d of %d is the control character %U; leave it out", f.name, at+1, len(f.text), r)
		}
	}
	return nil
}

// breaksLine reports whether a character ends a line or steers a terminal.
func breaksLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}

// firstUnfit is the index of the first byte that is NUL or no UTF-8, or -1.
func firstUnfit(s string) int {
	nul := strings.IndexByte(s, 0)
	if utf8.ValidString(s) {
		return nul
	}
	for i, r := range s {
		if r == 0 {
			return i
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return nul
}
