package eval

import (
	"strings"
	"unicode"

	"github.com/seccoder/seccoder/lang"
)

// Cut is the part of a completion that the scenario's rules keep.
func (s Scenario) Cut(completion string) string {
	if s.Truncate != nil {
		return s.Truncate(completion)
	}
	end, _ := lang.ConstructEnd(s.Language, s.Prompt, completion)
	return completion[:end]
}

// Source is the program that a completion makes of the prompt: what is judged. As in
// SVEN's evaluation it ends with one newline and no other white space.
func (s Scenario) Source(completion string) string {
	source := s.Prompt + s.Cut(completion)
	if strings.TrimSpace(s.Suffix) != "" {
		source += s.Suffix
	}
	return strings.TrimRightFunc(source, isSpace) + "\n"
}

// isSpace is Python's idea of white space, which has four separators more.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// stop tells a generator when to go on no longer. What it keeps is the whole text, since
// Source cuts.
func (s Scenario) stop() func(text string) (end int, ended bool) {
	switch {
	case s.Ended != nil:
		return func(text string) (int, bool) { return len(text), s.Ended(text) }
	case s.Truncate == nil:
		construct := lang.NewConstruct(s.Language, s.Prompt)
		return func(text string) (int, bool) {
			_, ended := construct.End(text)
			return len(text), ended
		}
	default:
		return nil
	}
}
