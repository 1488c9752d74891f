package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
)

// A part is some of the queries.
type part struct {
	name string
	keep func(*eval.RankedQuery) bool
}

// parts are the queries of each weakness, those of the two kinds of languages that SVEN has,
// and all.
func (r rankings) parts() []part {
	var cwes []codebase.CWE
	for _, q := range r.none {
		if q != nil {
			cwes = append(cwes, q.CWE)
		}
	}
	slices.Sort(cwes)
	var parts []part
	for _, cwe := range slices.Compact(cwes) {
		parts = append(parts, part{cwe.String(), func(q *eval.RankedQuery) bool { return q.CWE == cwe }})
	}
	return append(parts,
		part{"Python", func(q *eval.RankedQuery) bool { return q.Language == lang.Python }},
		part{"C, C++", func(q *eval.RankedQuery) bool { return q.Language != lang.Python }},
		part{"all", func(*eval.RankedQuery) bool { return true }})
}

// print prints a table with a line for each part that has queries. top-1 is how many of
// 100 queries had an example of their weakness first, place where the first such example
// came on average. Both are as with a head that knew the weakness, with one that never saw
// it, and with none; the differences are of the first and of the second to the last.
func (r rankings) print(out io.Writer, title string) error {
	parts := slices.DeleteFunc(r.parts(), func(p part) bool {
		return !slices.ContainsFunc(r.none, func(q *eval.RankedQuery) bool { return q != nil && p.keep(q) })
	})
	if len(parts) == 0 {
		return fmt.Errorf("%s: none of them is of the weakness of one of %d queries, so there is nothing to measure; take SVEN's own pairs and the whole corpus", title, len(r.none))
	}
	fmt.Fprintf(out, "%s; top-1 in %%, and where the first example of the weakness came; differences with 95 %% intervals\n", title)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "weakness\tqueries\ttop-1: knows it\tnever saw it\tno head\tplace: knows it\tnever saw it\tno head\ttop-1: knows - no head\tnever saw - no head\tplace: never saw - no head")
	for _, p := range parts {
		knows := compare(r.knows, r.none, p.keep)
		never := compare(r.never, r.none, p.keep)
		fmt.Fprintf(table, "%s\t%d", p.name, never.Queries)
		for _, value := range []func(*eval.RankedQuery) float64{
			func(q *eval.RankedQuery) float64 { return 100 * q.Top1 },
			func(q *eval.RankedQuery) float64 { return q.Rank },
		} {
			for _, row := range [][]*eval.RankedQuery{r.knows, r.never, r.none} {
				fmt.Fprintf(table, "\t%.1f", mean(row, p.keep, value))
			}
		}
		fmt.Fprintf(table, "\t%s\t%s\t%s\n", difference(knows.Top1, 100, 1), difference(never.Top1, 100, 1), difference(never.Rank, 1, 2))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out)
	return err
}

// compare gives a less b, two rankings of the queries in one codebase.
func compare(a, b []*eval.RankedQuery, keep func(*eval.RankedQuery) bool) eval.RankingDifferences {
	return eval.CompareRankings([][]*eval.RankedQuery{a}, [][]*eval.RankedQuery{b}, keep)
}

// mean is over the queries that had something to find, of which there is one at least.
func mean(row []*eval.RankedQuery, keep func(*eval.RankedQuery) bool, value func(*eval.RankedQuery) float64) float64 {
	sum, n := 0.0, 0
	for _, q := range row {
		if q != nil && keep(q) {
			sum += value(q)
			n++
		}
	}
	return sum / float64(n)
}

func difference(e eval.Estimate, unit float64, digits int) string {
	return fmt.Sprintf("%+.*f [%+.*f, %+.*f]", digits, unit*e.Value, digits, unit*e.Low, digits, unit*e.High)
}
