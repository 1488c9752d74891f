package gitmine

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
)

// Words are the phrases by which messages are scored.
type Words struct {
	// phrases are by their bucket.
	phrases map[string][]phrase
	digest  string
}

// A phrase is a run of words with what it stands for.
type phrase struct {
	text  string
	words []string
	score float64
	cwe   codebase.CWE
}

//go:embed words.toml
var standardWords string

// StandardWords are the phrases that come with the program.
func StandardWords() *Words {
	w, err := ParseWords(standardWords)
	if err != nil {
		panic("words.toml: " + err.Error()) // it is part of the program, and tested
	}
	return w
}

// With is w with the phrases of a TOML text added, each in place of the same one of w.
// The text has tables [[phrase]] with score, words, and cwe where they name a weakness; a
// score of 0 takes phrases out.
func (w *Words) With(text string) (*Words, error) {
	more, err := ParseWords(text)
	if err != nil {
		return nil, err
	}
	both := &Words{phrases: map[string][]phrase{}, digest: w.digest + "\n" + more.digest}
	replaced := map[string]bool{}
	for first, phrases := range more.phrases {
		for _, p := range phrases {
			replaced[p.text] = true
		}
		both.phrases[first] = phrases
	}
	for first, phrases := range w.phrases {
		for _, p := range phrases {
			if !replaced[p.text] {
				both.phrases[first] = append(both.phrases[first], p)
			}
		}
	}
	return both, nil
}

// maxScore bounds what one phrase may add or take away.
const maxScore = 100

// ParseWords reads phrases from TOML text.
func ParseWords(text string) (*Words, error) {
	var file struct {
		Phrase []struct {
			Score float64  `toml:"score"`
			CWE   int      `toml:"cwe"`
			Words []string `toml:"words"`
		} `toml:"phrase"`
	}
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return nil, fmt.Errorf("read phrases: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("read phrases: unknown key %s (known: phrase with score, cwe and words)", unknown[0])
	}
	w := &Words{phrases: map[string][]phrase{}, digest: text}
	for i, group := range file.Phrase {
		switch {
		case len(group.Words) == 0:
			return nil, fmt.Errorf("read phrases: group %d has no words", i+1)
		case !(group.Score >= -maxScore && group.Score <= maxScore):
			return nil, fmt.Errorf("read phrases: group %d: score %g: expected %d to %d", i+1, group.Score, -maxScore, maxScore)
		case group.CWE < 0 || codebase.CWE(group.CWE) > check.MaxCWE:
			return nil, fmt.Errorf("read phrases: group %d: %d is not a CWE id", i+1, group.CWE)
		}
		for _, text := range group.Words {
			if err := w.add(text, group.Score, codebase.CWE(group.CWE)); err != nil {
				return nil, fmt.Errorf("read phrases: group %d: %w", i+1, err)
			}
		}
	}
	return w, nil
}

func (w *Words) add(text string, score float64, cwe codebase.CWE) error {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !wordRune(r) && r != '*' })
	if len(words) == 0 || len(words) > 12 {
		return fmt.Errorf("%q: expected 1 to 12 words", text)
	}
	for _, word := range words {
		if star := strings.IndexByte(word, '*'); star >= 0 && star != len(word)-1 || word == "*" {
			return fmt.Errorf("%q: a star stands at the end of a word", text)
		}
	}
	first := bucket(words[0])
	w.phrases[first] = append(w.phrases[first], phrase{strings.Join(words, " "), words, score, cwe})
	return nil
}

// bucketBytes is how much of a word says where its phrases are.
const bucketBytes = 3

// bucket is the beginning of a word, by which phrases are found.
func bucket(word string) string {
	stem, open := strings.CutSuffix(word, "*")
	if open && len(stem) < bucketBytes {
		return "*"
	}
	return stem[:min(len(stem), bucketBytes)]
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// A hit is a phrase found in a text.
type hit struct {
	phrase
	// found is how the text has it.
	found string
}

// find lists the phrases in a text, each once; of those that begin at one word the
// longest, and no other within it.
func (w *Words) find(text string) []hit {
	words := splitWords(text)
	var hits []hit
	seen := map[string]bool{}
	for i := 0; i < len(words); {
		best := w.at(words[i:])
		if best == nil {
			i++
			continue
		}
		if best.score != 0 && !seen[best.text] {
			seen[best.text] = true
			hits = append(hits, hit{*best, strings.Join(words[i:i+len(best.words)], " ")})
		}
		i += len(best.words)
	}
	return hits
}

// at is the longest phrase that words begin with, or nil.
func (w *Words) at(words []string) *phrase {
	var best *phrase
	for _, list := range [2][]phrase{w.phrases[bucket(words[0])], w.phrases["*"]} {
		for i := range list {
			p := &list[i]
			if (best == nil || len(p.words) > len(best.words) || len(p.words) == len(best.words) && len(p.text) > len(best.text)) && p.matches(words) {
				best = p
			}
		}
	}
	return best
}

func (p *phrase) matches(words []string) bool {
	if len(words) < len(p.words) {
		return false
	}
	for i, word := range p.words {
		if stem, open := strings.CutSuffix(word, "*"); open {
			if !strings.HasPrefix(words[i], stem) {
				return false
			}
		} else if words[i] != word {
			return false
		}
	}
	return true
}

// maxWords bounds the words of a message that are looked at.
const maxWords = 3000

// splitWords are the words of a text in lower case. The parts of an identifier such as
// null_check are words too.
func splitWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !wordRune(r) })
	return words[:min(len(words), maxWords)]
}
