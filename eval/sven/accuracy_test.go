package sven

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// A tally compares an oracle's verdicts with the labels of what it decided.
type tally struct {
	labels, right          int
	insecure, called, both int // labelled insecure; judged insecure; both
}

func (c *tally) add(labelled, judged eval.Verdict) {
	c.labels++
	count(&c.right, judged == labelled)
	count(&c.insecure, labelled == eval.Insecure)
	count(&c.called, judged == eval.Insecure)
	count(&c.both, labelled == eval.Insecure && judged == eval.Insecure)
}

func (c tally) correct() string   { return of(c.right, c.labels) }
func (c tally) precision() string { return of(c.both, c.called) }
func (c tally) recall() string    { return of(c.both, c.insecure) }

func count(n *int, is bool) {
	if is {
		*n++
	}
}

func of(a, b int) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%d of %d", a, b)
}

// A score is what became of the labels of one scenario.
type score struct {
	whole, dynamic, static, query tally
	functional, functionalRight   int
}

func (s *score) add(l label, v verdicts) {
	s.whole.add(l.Verdict, v.verdict)
	switch v.oracle {
	case "dynamic":
		s.dynamic.add(l.Verdict, v.verdict)
	case "static":
		s.static.add(l.Verdict, v.verdict)
	}
	if l.QueryVerdict != nil {
		s.query.add(*l.QueryVerdict, v.query)
	}
	if l.Functional != nil && l.Verdict != eval.Invalid {
		s.functional++
		count(&s.functionalRight, v.functional == yesNo(l.Functional))
	}
}

// accuracy says in Markdown how often the verdicts are those of the labels: of what models
// completed, and of what readers wrote.
func accuracy(all []label, kept map[string]verdicts) string {
	var models, readers []label
	for _, l := range all {
		if l.byReader() {
			readers = append(readers, l)
		} else {
			models = append(models, l)
		}
	}
	return accuracyOf(models, kept) + "\n### Programs that readers wrote\n\n" + accuracyOf(readers, kept)
}

func accuracyOf(all []label, kept map[string]verdicts) string {
	scores, total := map[string]*score{}, &score{}
	parts := map[string]*tally{}
	var arguable tally
	var misses strings.Builder
	for _, l := range all {
		if l.Arguable {
			arguable.add(l.Verdict, kept[l.name()].verdict)
			continue
		}
		if scores[l.Scenario] == nil {
			scores[l.Scenario] = &score{}
		}
		if parts[l.Part] == nil {
			parts[l.Part] = &tally{}
		}
		v := kept[l.name()]
		scores[l.Scenario].add(l, v)
		total.add(l, v)
		parts[l.Part].add(l.Verdict, v.verdict)
		if v.verdict != l.Verdict {
			fmt.Fprintf(&misses, "- %s: labelled %s (%s), judged %s\n", l.name(), l.Verdict, l.Reason, v.verdict)
		}
	}
	var b strings.Builder
	row := func(cells ...string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	table := func(cells func(name string, s *score) []string, head ...string) {
		row(head...)
		b.WriteString("|" + strings.Repeat("---|", len(head)) + "\n")
		for _, id := range slices.Sorted(maps.Keys(scores)) {
			row(cells(id, scores[id])...)
		}
		row(cells("**all**", total)...)
	}
	table(func(name string, s *score) []string {
		return []string{name, s.whole.correct(), s.dynamic.correct(), s.static.correct(), s.query.correct(), of(s.functionalRight, s.functional)}
	}, "right", "the verdict", "by a run", "by the text", "the query's", "functional")
	b.WriteString("\nRight of each part:")
	for i, part := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(&b, "%s %s %s", []string{"", ","}[min(i, 1)], part, parts[part].correct())
	}
	fmt.Fprintf(&b, "; of those that their reader called arguable, which no table has, %s.\n\n", arguable.correct())
	table(func(name string, s *score) []string {
		cells := []string{name}
		for _, c := range []tally{s.whole, s.dynamic, s.static, s.query} {
			cells = append(cells, c.precision(), c.recall())
		}
		return cells
	}, "insecure", "precision", "recall", "by a run: precision", "recall", "by the text: precision", "recall", "the query's: precision", "recall")
	if misses.Len() == 0 {
		return b.String() + "\nNone is missed.\n"
	}
	return b.String() + "\nThe misses:\n\n" + misses.String()
}
