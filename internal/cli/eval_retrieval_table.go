package cli

import (
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/seccoder/seccoder/eval"
)

// compare sets each ranking against that of one retriever, on the same queries and examples.
func (r *retrievalResult) compare(against string) {
	for i := range r.Retrievers {
		x := &r.Retrievers[i]
		base := slices.IndexFunc(r.Retrievers, func(y retrieverRanking) bool {
			return y.Retriever == against && y.Examples == x.Examples && y.Subsets == x.Subsets
		})
		if x.Retriever == against || base < 0 {
			continue
		}
		difference := func(keep func(*eval.RankedQuery) bool) *eval.RankingDifferences {
			d := eval.CompareRankings(x.rows, r.Retrievers[base].rows, keep)
			return &d
		}
		x.Against, x.Difference = against, difference(nil)
		for _, groups := range [][]retrievalGroup{x.ByLanguage, x.ByCWE} {
			for j := range groups {
				groups[j].Difference = difference(groups[j].keep)
			}
		}
	}
}

// name says what was ranked by what.
func (x retrieverRanking) name() string {
	if x.Subsets == 0 {
		return x.Retriever
	}
	return fmt.Sprintf("%s, %d × %d examples", x.Retriever, x.Subsets, x.Examples)
}

// parts are the parts of the queries that --by names.
func (x retrieverRanking) parts(by string) []retrievalGroup {
	switch by {
	case "language":
		return x.ByLanguage
	case "cwe":
		return x.ByCWE
	}
	return nil
}

// printRetrieval prints a table: a row for each retriever and size, and for each part of
// the queries that by names; and another of what the retrievers differ by.
func (a *app) printRetrieval(r retrievalResult, by string) {
	untrained := ""
	if r.Untrained {
		untrained = ", without the trained head and danger"
	}
	fmt.Fprintf(a.out, "%s: %s, in %s (%s)%s; with 95 %% intervals\n",
		visible(r.Set), counted(r.Queries, "query"), visible(r.Codebase), counted(r.Examples, "example"), untrained)
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	header := "retriever\tqueries\ttop-1 %\ttop-3 %\ttop-5 %\tMRR\trank\tsame language %"
	tellConfidence := slices.ContainsFunc(r.Retrievers, func(x retrieverRanking) bool { return x.Metrics.Shown != nil })
	if tellConfidence {
		header += "\tshown %\tright of shown %\tof 2 shown %\tof 3 shown %"
	}
	fmt.Fprintln(table, header)
	for _, x := range r.Retrievers {
		printRetrievalRow(table, x.name(), x.Metrics, tellConfidence)
		for _, part := range x.parts(by) {
			printRetrievalRow(table, "  "+part.Name, part.Metrics, tellConfidence)
		}
	}
	_ = table.Flush() // a.out remembers its errors
	a.printRetrievalDifferences(r, by)
	fmt.Fprintln(a.out)
}

func printRetrievalRow(table *tabwriter.Writer, name string, m eval.RetrievalMetrics, tellConfidence bool) {
	fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s",
		name, m.Queries, percent(m.Top1), bare(m.Top3), bare(m.Top5), numberWithInterval("%.2f", m.MRR), numberWithInterval("%.2f", m.Rank), bare(m.SameLanguage))
	switch {
	case m.Shown != nil:
		fmt.Fprintf(table, "\t%s\t%s\t%s\t%s", bare(*m.Shown), percent(*m.ShownTop1), bare(*m.ShownRight2), bare(*m.ShownRight3))
	case tellConfidence:
		fmt.Fprint(table, "\t-\t-\t-\t-")
	}
	fmt.Fprintln(table)
}

// printRetrievalDifferences prints nothing where one retriever was measured alone.
func (a *app) printRetrievalDifferences(r retrievalResult, by string) {
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for i, x := range slices.DeleteFunc(slices.Clone(r.Retrievers), func(x retrieverRanking) bool { return x.Difference == nil }) {
		if i == 0 {
			fmt.Fprintf(a.out, "less %s, paired by query; shares in percentage points, and a rank is better below 0\n", x.Against)
			fmt.Fprintln(table, "retriever\tqueries\ttop-1\ttop-3\ttop-5\tMRR\trank")
		}
		printDifferencesRow(table, x.name(), *x.Difference)
		for _, part := range x.parts(by) {
			printDifferencesRow(table, "  "+part.Name, *part.Difference)
		}
	}
	_ = table.Flush() // a.out remembers its errors
}

func printDifferencesRow(table *tabwriter.Writer, name string, d eval.RankingDifferences) {
	fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n",
		name, d.Queries, points(d.Top1), points(d.Top3), points(d.Top5), numberWithInterval("%+.2f", d.MRR), numberWithInterval("%+.2f", d.Rank))
}

// numberWithInterval is an estimate that is no rate.
func numberWithInterval(form string, e eval.Estimate) string {
	if !e.Known() {
		return "-"
	}
	return fmt.Sprintf(form+" ["+form+", "+form+"]", e.Value, e.Low, e.High)
}
