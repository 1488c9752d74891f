package retrieval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// maxQueryBytes bounds the part of a query that is read for words: its end,
// which is where the cursor is.
const maxQueryBytes = 64 << 10

// queryWords are the words of a query: identifiers and the words of comments
// and strings if it is code, all words if it has no language.
func queryWords(query Query) []string {
	text := tail(query.Text, maxQueryBytes)
	if query.Language == "" {
		return plainWords(text)
	}
	return lang.Words(query.Language, text)
}

// exampleWords are what an example can be found by: the words of its code, and
// those of its title and fix, for people who search in words.
func exampleWords(example codebase.Example) []string {
	words := lang.Words(example.Language, example.Code)
	words = append(words, plainWords(example.Title)...)
	return append(words, plainWords(example.Fix)...)
}

// plainWords splits a text at all that is no letter, digit or underscore, and
// makes the words lower case.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r == utf8.RuneError || r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// distinct returns the words sorted and each one once.
func distinct(words []string) []string {
	words = slices.Clone(words)
	slices.Sort(words)
	return slices.Compact(words)
}

// shownRunes bounds a word in a line that a person reads: a word can be the
// whole of a long key or hash.
const shownRunes = 32

// sharing is the part of [Match.Why] that lists words in common; empty for none.
func sharing(words []string) string {
	if len(words) == 0 {
		return ""
	}
	shown := make([]string, len(words))
	for i, word := range words {
		shown[i] = word
		if runes := []rune(word); len(runes) > shownRunes {
			shown[i] = string(runes[:shownRunes]) + "…"
		}
	}
	return "shares " + strings.Join(shown, ", ")
}
