package report

import (
	"fmt"
	"slices"

	"github.com/seccoder/seccoder/eval"
)

// A table is one beside the main table.
type table struct {
	// ID is part of its label in LaTeX.
	ID, Caption string
	Header      []string
	// Rows begin with so many words; the rest are numbers in the form's notation.
	Words int
	Rows  [][]string
}

// A notation formats numbers.
type notation struct {
	rate       func(eval.Estimate) string
	difference func(e eval.Estimate, scenarios int) string
}

// tables are those of a part that stand beside the main one.
func (p part) tables(s eval.SuiteResults, n notation) []table {
	var all []table
	if len(s.Comparisons) > 0 {
		all = append(all, differenceTable(s, p, n))
	}
	if p.Split == s.GroupSplit() {
		all = append(all, groupTables(s, p, n)...)
	}
	return all
}

// pairedNote says what a difference is of.
const pairedNote = "Differences in percentage points, paired by scenario; of n, where only n have something to compare on both sides."

// A differenceRow sets a method against its baseline on a group of scenarios.
type differenceRow struct {
	A, B eval.MethodName
	eval.GroupDifferences
}

// differences are the rows and columns of a part's table of differences.
func (p part) differences(s eval.SuiteResults) (rows []differenceRow, columns []eval.DifferenceColumn) {
	var all []eval.GroupDifferences
	for _, c := range s.Comparisons {
		for _, g := range p.groups(c) {
			rows = append(rows, differenceRow{c.A, c.B, g})
			all = append(all, g)
		}
	}
	return rows, eval.DifferenceColumns(all)
}

// differenceTable sets the methods against their baselines.
func differenceTable(s eval.SuiteResults, p part, n notation) table {
	t := table{ID: string(p.Split) + "-differences", Caption: pairedNote, Words: 3, Header: []string{"method", "against", "scenarios"}}
	rows, columns := p.differences(s)
	for _, c := range columns {
		t.Header = append(t.Header, c.Name)
	}
	for _, r := range rows {
		cells := []string{r.A.String(), r.B.String(), scenariosOf(r.GroupDifferences)}
		for _, c := range columns {
			cells = append(cells, n.difference(c.Of(r.Differences), r.Differences.Scenarios))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// groupTables are the rate of every method by CWE and by language of the part's scenarios.
// One group alone says what the main table does.
func groupTables(s eval.SuiteResults, p part, n notation) []table {
	measured := rateOf(s)
	var tables []table
	for _, by := range []struct {
		id, name string
		of       func(eval.MethodResults) []eval.GroupMetrics
	}{
		{"cwe", "CWE", func(m eval.MethodResults) []eval.GroupMetrics { return m.ByCWE }},
		{"language", "language", func(m eval.MethodResults) []eval.GroupMetrics { return m.ByLanguage }},
	} {
		t := table{ID: by.id, Caption: measured.name + " by " + by.name + " of the " + p.Name + ", in %.", Words: 1, Header: []string{by.name + " (scenarios)"}}
		at := map[string]int{}
		for i, m := range s.Methods {
			t.Header = append(t.Header, m.Model+", "+m.Settings.Name)
			for _, g := range by.of(m) {
				row, ok := at[g.Name]
				if !ok {
					row = len(t.Rows)
					at[g.Name] = row
					t.Rows = append(t.Rows, append([]string{fmt.Sprintf("%s (%d)", g.Name, g.Metrics.Scenarios)}, slices.Repeat([]string{n.rate(eval.Estimate{})}, len(s.Methods))...))
				}
				t.Rows[row][1+i] = n.rate(measured.of(g.Metrics))
			}
		}
		if len(t.Rows) > 1 {
			tables = append(tables, t)
		}
	}
	return tables
}

// costTable says what each method took, on the scenarios of both splits.
func costTable(s eval.SuiteResults) table {
	t := table{
		ID: "cost", Words: 2,
		Caption: "What it cost, over all scenarios. Samples that an earlier run made count with what they cost then; seconds are added up over what went on side by side.",
		Header:  []string{"model", "method", "tokens read", "of them kept from before", "tokens written", "s of generation", "s of judging"},
	}
	for _, m := range s.Methods {
		c := m.Cost
		t.Rows = append(t.Rows, []string{
			m.Model, m.Settings.Name, fmt.Sprint(c.PromptTokens), fmt.Sprint(c.CachedTokens), fmt.Sprint(c.CompletionTokens),
			fmt.Sprintf("%.0f", c.GenerateSeconds), fmt.Sprintf("%.0f", c.JudgeSeconds),
		})
	}
	return t
}
