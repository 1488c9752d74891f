package admission

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A form is a regular expression that is asked only of texts that hold one of the words
// without which it cannot match. To look for words is some hundred times as fast, and next
// to no code holds those of most forms. The words are derived from the expression, so that the
// two cannot drift apart (Cox, Regular Expression Matching with a Trigram Index, 2012, has the
// method).
type form struct {
	*regexp.Regexp
	// words: every match holds one of them. Where there are none, the expression is always asked.
	words []string
	// folds: cases do not count, and the words are lower-case.
	folds bool
}

// newForm compiles an expression, and panics where it is none, as regexp.MustCompile does.
func newForm(expression string) form {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic(err)
	}
	d := derivation{folds: foldsCase(parsed)}
	return form{Regexp: regexp.MustCompile(expression), words: least(d.part(parsed).words), folds: d.folds}
}

// A searched is a text that many forms are asked of.
type searched struct {
	text   string
	folded string // made when it is first needed
}

// mayMatch reports whether the text holds a word of the form. Where it does not, the form
// matches no part of it.
func (f *form) mayMatch(s *searched) bool {
	text := s.text
	if f.folds {
		if s.folded == "" {
			s.folded = fold(s.text)
		}
		text = s.folded
	}
	return f.words == nil || slices.ContainsFunc(f.words, func(word string) bool { return strings.Contains(text, word) })
}

// find is FindStringIndex, asked only where the form may match.
func (f *form) find(text string) []int {
	if !f.mayMatch(&searched{text: text}) {
		return nil
	}
	return f.FindStringIndex(text)
}

// fold makes every character that regular expressions take for an ASCII letter, where cases
// do not count, that letter in lower case. Two are beyond ASCII: the Kelvin sign, which is
// k in lower case, and the long s.
func fold(text string) string {
	return strings.ReplaceAll(strings.ToLower(text), "ſ", "s")
}

func foldsCase(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, foldsCase)
}

// maxWords bounds the words that stand for a part of an expression.
const maxWords = 64

// A part is what is known of a part of an expression.
type part struct {
	// exact are all texts that it matches, where they are few; otherwise nil.
	exact []string
	// words are texts of which each match holds one; nil where none are known.
	words []string
}

// exactly makes the part that matches these texts.
func exactly(texts []string) part {
	slices.Sort(texts)
	p := part{exact: slices.Compact(texts)}
	if shortest(p.exact) >= 2 { // one character is in nearly every text
		p.words = p.exact
	}
	return p
}

func shortest(texts []string) int {
	least := maxWords
	for _, text := range texts {
		least = min(least, len(text))
	}
	return least
}

// better is the one of two lists of words that fewer texts hold, as a guess: long words do
// better than few.
func better(a, b []string) []string {
	switch {
	case a == nil:
		return b
	case b == nil || shortest(a) > shortest(b) || shortest(a) == shortest(b) && len(a) <= len(b):
		return a
	}
	return b
}

// A derivation finds the words of an expression.
type derivation struct{ folds bool }

func (d derivation) part(re *syntax.Regexp) part {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return exactly([]string{""})
	case syntax.OpLiteral:
		return d.runes([]string{string(re.Rune)})
	case syntax.OpCharClass:
		return d.class(re.Rune)
	case syntax.OpCapture:
		return d.part(re.Sub[0])
	case syntax.OpConcat:
		return d.concat(re.Sub)
	case syntax.OpAlternate:
		return d.alternate(re.Sub)
	case syntax.OpQuest:
		if p := d.part(re.Sub[0]); p.exact != nil {
			return exactly(append(slices.Clone(p.exact), ""))
		}
	case syntax.OpPlus:
		return part{words: d.part(re.Sub[0]).words}
	case syntax.OpRepeat:
		if re.Min > 0 {
			return part{words: d.part(re.Sub[0]).words}
		}
	}
	return part{}
}

// runes makes the part of literal texts.
func (d derivation) runes(texts []string) part {
	if d.folds {
		for i, text := range texts {
			if strings.ContainsFunc(text, foldsElsewhere) {
				return part{}
			}
			texts[i] = fold(text)
		}
	}
	return exactly(texts)
}

// foldsElsewhere reports whether fold may make something else of a character than of
// those that it counts as equal to.
func foldsElsewhere(r rune) bool {
	known := r < utf8.RuneSelf || r == 'ſ' || r == '\u212a'
	return !known && (unicode.SimpleFold(r) != r || fold(string(r)) != string(r))
}

// class makes the part of a class of characters, given as its ranges.
func (d derivation) class(ranges []rune) part {
	var texts []string
	for i := 0; i < len(ranges); i += 2 {
		if int(ranges[i+1]-ranges[i])+len(texts) >= 8 {
			return part{}
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			texts = append(texts, string(r))
		}
	}
	return d.runes(texts)
}

// concat makes the part of parts that follow each other: those whose texts are known make
// longer words together.
func (d derivation) concat(all []*syntax.Regexp) part {
	run, exact := []string{""}, true
	var words []string
	for _, re := range all {
		p := d.part(re)
		if p.exact != nil && len(run)*len(p.exact) <= maxWords {
			run = crossed(run, p.exact)
			continue
		}
		exact = false
		words = better(words, exactly(run).words)
		if run = []string{""}; p.exact != nil {
			run = p.exact
		}
		words = better(words, p.words)
	}
	if exact {
		return exactly(run)
	}
	return part{words: better(words, exactly(run).words)}
}

func crossed(a, b []string) []string {
	var both []string
	for _, first := range a {
		for _, second := range b {
			both = append(both, first+second)
		}
	}
	return both
}

// alternate makes the part of parts of which one matches.
func (d derivation) alternate(all []*syntax.Regexp) part {
	exact, words := []string{}, []string{}
	for _, re := range all {
		p := d.part(re)
		if exact != nil && p.exact != nil && len(exact)+len(p.exact) <= maxWords {
			exact = append(exact, p.exact...)
		} else {
			exact = nil
		}
		if words != nil && p.words != nil {
			words = append(words, p.words...)
		} else {
			words = nil
		}
	}
	if exact != nil {
		return exactly(exact)
	}
	if words = least(words); len(words) > maxWords {
		return part{}
	}
	return part{words: words}
}

// least leaves out the words that hold another of them.
func least(words []string) []string {
	var kept []string
	for _, word := range words {
		if !slices.ContainsFunc(words, func(other string) bool { return other != word && strings.Contains(word, other) }) {
			kept = append(kept, word)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}
