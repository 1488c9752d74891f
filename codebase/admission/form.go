package admission

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A form is a regular expression that is asked only of texts that hold the words
// without which it cannot match. To look for words is some hundred times as fast, and next
// to no code holds those of most forms. The words are derived from the expression, so that the
// two cannot drift apart (Cox, Regular Expression Matching with a Trigram Index, 2012, has the
// method).
type form struct {
	*regexp.Regexp
	// words: every match holds one of them. Where there are none, the expression is always asked.
	words []string
	// more are lists of words of each of which every match holds one, too.
	more [][]string
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
	p := d.part(parsed)
	f := form{Regexp: regexp.MustCompile(expression), words: least(p.words), folds: d.folds}
	for _, words := range p.more {
		if words = least(words); !slices.Equal(words, f.words) {
			f.more = append(f.more, words)
		}
	}
	return f
}

// A searched is a text that many forms are asked of.
type searched struct {
	text   string
	folded string // made when it is first needed
	// possible are the forms of foldedWords that may match, once asked is set.
	possible []*form
	asked    bool
}

// lower is the text as forms see it for which cases do not count.
func (s *searched) lower() string {
	if s.folded == "" {
		s.folded = fold(s.text)
	}
	return s.folded
}

// mayMatch reports whether a form of foldedWords may match a part of the text.
func (s *searched) mayMatch(f *form) bool {
	if !s.asked {
		s.possible, s.asked = foldedWords.possible(s.text), true
	}
	return slices.Contains(s.possible, f)
}

// find is FindStringIndex of a form of foldedWords, asked only where it may match.
func (s *searched) find(f *form) []int {
	if !s.mayMatch(f) {
		return nil
	}
	return f.FindStringIndex(s.text)
}

// mayMatch reports whether the text holds words of the form. Where it does not, the form
// matches no part of it.
func (f *form) mayMatch(s *searched) bool {
	if f.words == nil {
		return true
	}
	text := s.text
	if f.folds {
		text = s.lower()
	}
	hasOne := func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return holds(text, word) })
	}
	return hasOne(f.words) && !slices.ContainsFunc(f.more, func(words []string) bool { return !hasOne(words) })
}

// findIn is FindStringIndex, asked only where the form may match.
func (f *form) findIn(text string) []int {
	if !f.mayMatch(&searched{text: text}) {
		return nil
	}
	return f.FindStringIndex(text)
}

// edge, before or behind a word, stands for the boundary of a word (\b), where a letter, digit or
// underscore of ASCII has none beside it. No expression has this character.
const edge = "\x00"

// holds reports whether a text has a word, at edges where the word says so.
func holds(text, word string) bool {
	plain := strings.Trim(word, edge)
	for from := 0; ; from++ {
		i := strings.Index(text[from:], plain)
		if i < 0 {
			return false
		}
		if from += i; stands(text, from, word) {
			return true
		}
	}
}

// stands reports whether a word is at an offset of the text.
func stands(text string, at int, word string) bool {
	begins, ends := word[0] == edge[0], word[len(word)-1] == edge[0]
	if begins {
		word = word[1:]
	}
	if ends {
		word = word[:len(word)-1]
	}
	return strings.HasPrefix(text[at:], word) && (!begins || atEdge(text, at)) && (!ends || atEdge(text, at+len(word)))
}

// atEdge is \b at an offset of the text.
func atEdge(text string, at int) bool {
	before := at > 0 && syntax.IsWordChar(rune(text[at-1]))
	behind := at < len(text) && syntax.IsWordChar(rune(text[at]))
	return before != behind
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
	// more are further lists of the same kind.
	more [][]string
}

// exactly makes the part that matches these texts.
func exactly(texts []string) part {
	slices.Sort(texts)
	p := part{exact: slices.Compact(texts)}
	words := make([]string, len(p.exact))
	for i, text := range p.exact {
		words[i] = wordOf(text)
		if len(strings.Trim(words[i], edge)) < 2 { // one character is in nearly every text
			return p
		}
	}
	p.words = words
	return p
}

// wordOf leaves out the edges within a text, which the characters beside them decide, and one
// of two at its ends.
func wordOf(text string) string {
	plain := strings.ReplaceAll(text, edge, "")
	if strings.HasPrefix(text, edge) {
		plain = edge + plain
	}
	if strings.HasSuffix(text, edge) {
		plain += edge
	}
	return plain
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
	case syntax.OpWordBoundary:
		if d.folds { // what is folded may have an edge elsewhere
			return exactly([]string{""})
		}
		return exactly([]string{edge})
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpNoWordBoundary:
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
		return d.part(re.Sub[0]).repeated()
	case syntax.OpRepeat:
		if re.Min > 0 {
			return d.part(re.Sub[0]).repeated()
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

// repeated is the part that matches one or more times what p matches.
func (p part) repeated() part { return part{words: p.words, more: p.more} }

// maxMore bounds the further lists of words of a part.
const maxMore = 4

// needs takes in words of which each match holds one: the better list is p's words, the
// others are more.
func (p *part) needs(words []string) {
	if words == nil {
		return
	}
	if best := better(p.words, words); p.words != nil && slices.Equal(best, p.words) {
		p.more = append(p.more, words)
	} else {
		if p.words != nil {
			p.more = append(p.more, p.words)
		}
		p.words = best
	}
	p.more = p.more[:min(len(p.more), maxMore)]
}

// concat makes the part of parts that follow each other: those whose texts are known make
// longer words together.
func (d derivation) concat(all []*syntax.Regexp) part {
	run, exact := []string{""}, true
	var whole part
	for _, re := range all {
		p := d.part(re)
		if p.exact != nil && len(run)*len(p.exact) <= maxWords {
			run = crossed(run, p.exact)
			continue
		}
		exact = false
		whole.needs(exactly(run).words)
		if run = []string{""}; p.exact != nil {
			run = p.exact
		}
		whole.needs(p.words)
		for _, words := range p.more {
			whole.needs(words)
		}
	}
	if exact {
		return exactly(run)
	}
	whole.needs(exactly(run).words)
	return whole
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
		words = least(withoutEdges(words)) // of which more hold others
	}
	if len(words) > maxWords {
		return part{}
	}
	return part{words: words}
}

func withoutEdges(words []string) []string {
	var plain []string
	for _, word := range words {
		plain = append(plain, strings.Trim(word, edge))
	}
	return plain
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
