package codebase

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/seccoder/seccoder/lang"
)

// Fingerprint is equal for two examples whose code differs only in white space
// and comments: SHA-256, in hex, over the tokens. The language does not count,
// since C serves C++ and JavaScript serves TypeScript. (Indentation is white
// space here, even in Python: two programs that differ in nothing else are worth
// no two entries.)
func Fingerprint(e Example) string { return FingerprintOf(lang.Lex(e.Language, e.Code)) }

// FingerprintOf is the Fingerprint of code that was split into tokens already.
func FingerprintOf(tokens []lang.Token) string {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	text := (*buffer)[:0]
	for _, t := range tokens {
		if !isLayout(t) {
			// The length keeps two tokens apart from one.
			text = binary.AppendUvarint(text, uint64(len(t.Text)))
			text = append(text, t.Text...)
		}
	}
	*buffer = text
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Shingles are the runs of n neighbouring tokens of a piece of code, as hashes.
// They tell how near two pieces of code are, whatever their order of lines:
//
//	a := codebase.NewShingles(lang.C, one, 5)
//	b := codebase.NewShingles(lang.C, other, 5)
//	if a.Jaccard(b) > 0.6 { … near-duplicates … }
//
// White space and comments do not count, and one string is like another, one
// number like another: code is near-duplicate by what it does with what.
type Shingles map[uint64]struct{}

// NewShingles returns the shingles of n tokens of the code. Code with fewer
// tokens is one shingle; code with none has none.
func NewShingles(l lang.Language, code string, n int) Shingles {
	runs := AppendRuns(nil, lang.Lex(l, code), n)
	shingles := make(Shingles, len(runs))
	for _, run := range runs {
		shingles[run] = struct{}{}
	}
	return shingles
}

// AppendRuns appends the hashes of the runs of n tokens that NewShingles has, in their order in the code, each as
// often as it is there.
func AppendRuns(to []uint64, tokens []lang.Token, n int) []uint64 {
	// open are the hashes of the runs that have begun and not ended, the longest first. They
	// grow side by side, which a processor does at once.
	open, whole := make([]uint64, 0, n), false
	for _, t := range tokens {
		if isLayout(t) {
			continue
		}
		if len(open) == n {
			open = append(open[:0], open[1:]...)
		}
		open = append(open, noWords)
		word := wordOf(t)
		for i := range open {
			open[i] = withWord(open[i], word)
		}
		if len(open) == n {
			to, whole = append(to, open[0]), true
		}
	}
	if !whole && len(open) > 0 {
		to = append(to, open[0])
	}
	return to
}

// wordOf is what a token counts as in a run.
func wordOf(t lang.Token) string {
	switch t.Kind {
	case lang.String:
		return `""`
	case lang.Number:
		return "0"
	}
	return t.Text
}

// noWords is the hash of a run of no words yet.
const noWords = 14695981039346656037

// withWord is the hash of a run with one word more: FNV-1a over the words, a zero behind each, as
// hash/fnv makes it, without copying each word.
func withWord(run uint64, word string) uint64 {
	const prime = 1099511628211
	for i := range len(word) {
		run = (run ^ uint64(word[i])) * prime
	}
	return run * prime
}

// Jaccard is how much of what either has both have, from 0 to 1: the size of the
// intersection over that of the union.
func (s Shingles) Jaccard(other Shingles) float64 {
	common := s.common(other)
	if union := len(s) + len(other) - common; union > 0 {
		return float64(common) / float64(union)
	}
	return 0
}

// Containment is how much of s the other has too, from 0 to 1.
func (s Shingles) Containment(other Shingles) float64 {
	if len(s) == 0 {
		return 0
	}
	return float64(s.common(other)) / float64(len(s))
}

func (s Shingles) common(other Shingles) int {
	if len(other) < len(s) {
		s, other = other, s
	}
	n := 0
	for shingle := range s {
		if _, both := other[shingle]; both {
			n++
		}
	}
	return n
}

func isLayout(t lang.Token) bool {
	return t.Kind == lang.Space || t.Kind == lang.Newline || t.Kind == lang.Comment
}
