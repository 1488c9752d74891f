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
	var text []byte
	for _, t := range tokens {
		if !isLayout(t) {
			// The length keeps two tokens apart from one.
			text = binary.LittleEndian.AppendUint64(text, uint64(len(t.Text)))
			text = append(text, t.Text...)
		}
	}
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
	return ShinglesOf(lang.Lex(l, code), n)
}

// ShinglesOf is NewShingles for code that was split into tokens already.
func ShinglesOf(tokens []lang.Token, n int) Shingles {
	words := make([]string, 0, len(tokens)/2)
	for _, t := range tokens {
		switch {
		case isLayout(t):
		case t.Kind == lang.String:
			words = append(words, `""`)
		case t.Kind == lang.Number:
			words = append(words, "0")
		default:
			words = append(words, t.Text)
		}
	}
	shingles := make(Shingles, len(words))
	for from := 0; from < len(words); from++ {
		to := min(from+n, len(words))
		shingles[hashOf(words[from:to])] = struct{}{}
		if to == len(words) {
			break
		}
	}
	return shingles
}

// hashOf is FNV-1a over the words, a zero behind each: what hash/fnv makes of them, without
// copying each word.
func hashOf(words []string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for _, word := range words {
		for i := range len(word) {
			hash = (hash ^ uint64(word[i])) * prime
		}
		hash *= prime
	}
	return hash
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
