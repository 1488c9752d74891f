package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/retrieval"
)

// printMatch prints one result of a search: what it shows, why it is there, what the
// confidence in it means, and the lines that match best or, if asked, all of its code.
func (a *app) printMatch(m seccoder.Demonstration, meaning string, whole bool) {
	mark := func(text string) string { return a.highlight(text, m.Terms) }
	fmt.Fprintf(a.out, "%s %s\n", a.paint(a.out, bold, fmt.Sprintf("%d.", m.Rank)), describeMarked(m, meaning, mark))
	if scores := scoresOf(m.Parts); scores != "" {
		fmt.Fprintf(a.out, "  scores: %s\n", scores)
	}
	lines := bestLines(m)
	if whole {
		lines = linesOf(m.Example.Code)
	}
	width := 0
	if len(lines) > 0 {
		width = len(fmt.Sprint(lines[len(lines)-1].Line))
	}
	for _, line := range lines {
		number := a.paint(a.out, dim, fmt.Sprintf("%*d:", width, line.Line))
		fmt.Fprintf(a.out, "    %s %s\n", number, a.highlight(visibleCode(line.Text), m.Terms))
	}
}

// scoresOf says in one line what a score is made of; empty for a retriever that draws by lot.
func scoresOf(p retrieval.Parts) string {
	var near, weakness []string
	add := func(name string, part *retrieval.Part) {
		if part == nil {
			return
		}
		text := fmt.Sprintf("%s %.2f", name, part.Value)
		if p.BM25 != nil && p.Cosine != nil {
			text += fmt.Sprintf(" (z %+.2f)", part.Z)
		}
		near = append(near, text)
	}
	add("BM25", p.BM25)
	add("cosine", p.Cosine)
	text := strings.Join(near, ", ")
	w := p.Weakness
	if w == nil {
		return text
	}
	weakness = append(weakness, fmt.Sprintf("votes %.2f", w.Votes))
	if w.Description != nil {
		weakness = append(weakness, fmt.Sprintf("description %.2f", *w.Description))
	}
	if w.Head != nil {
		weakness = append(weakness, fmt.Sprintf("head %.2f", *w.Head))
	}
	return fmt.Sprintf("%s; %s: %s, probability %.2f", text, cmp.Or(cweOrNone(w.CWE), "no weakness"), strings.Join(weakness, ", "), w.Probability)
}

// A matchedLine is a line of an example's code, numbered from 1.
type matchedLine struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

func linesOf(code string) []matchedLine {
	var lines []matchedLine
	for line := range strings.Lines(code) {
		lines = append(lines, matchedLine{len(lines) + 1, strings.TrimRight(line, "\r\n")})
	}
	return lines
}

// bestLinesShown is how many lines of its code a result is shown with.
const bestLinesShown = 3

// bestLines are the lines of the example's code whose words weigh most, in their order.
func bestLines(m seccoder.Demonstration) []matchedLine {
	type weighed struct {
		matchedLine
		weight float64
	}
	var all []weighed
	for _, line := range linesOf(m.Example.Code) {
		weight := 0.0
		for _, term := range m.Terms {
			if slices.ContainsFunc(wordsIn(line.Text), func(w span) bool { return w.is(line.Text, term.Word) }) {
				weight += cmp.Or(term.Weight, 1)
			}
		}
		if weight > 0 {
			all = append(all, weighed{line, weight})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	best := []matchedLine{}
	for _, line := range all[:min(bestLinesShown, len(all))] {
		best = append(best, line.matchedLine)
	}
	slices.SortFunc(best, func(a, b matchedLine) int { return cmp.Compare(a.Line, b.Line) })
	return best
}

// highlight colours a text's words that are among the terms, if standard output is coloured.
func (a *app) highlight(text string, terms []retrieval.Term) string {
	if !a.coloured(a.out) {
		return text
	}
	var b strings.Builder
	end := 0
	for _, word := range wordsIn(text) {
		if slices.ContainsFunc(terms, func(t retrieval.Term) bool { return word.is(text, t.Word) }) {
			b.WriteString(text[end:word.start])
			b.WriteString(a.paint(a.out, yellow, text[word.start:word.end]))
			end = word.end
		}
	}
	return b.String() + text[end:]
}

// A span is a part of a text, in bytes.
type span struct{ start, end int }

// is reports whether the span is a word, which is in lower case.
func (s span) is(text, word string) bool { return strings.ToLower(text[s.start:s.end]) == word }

// wordsIn are the words of a text, of what retrievers take words to be made of.
func wordsIn(text string) []span {
	var words []span
	start := -1
	for i, r := range text {
		in := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			words = append(words, span{start, i})
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, span{start, len(text)})
	}
	return words
}
