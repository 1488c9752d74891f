package eval

import (
	"fmt"
	"slices"
)

// A MetricColumn is a metric of a method, as all tables call it.
type MetricColumn struct {
	// Name heads the column, Help says what it means.
	Name, Help string
	Of         func(Metrics) Estimate
	// Plain says that the number is no rate.
	Plain bool
}

var metricColumns = []MetricColumn{
	{Name: "security rate", Help: "secure programs among the different valid ones, mean over scenarios (the paper's rate; undecided ones count as not secure)",
		Of: func(m Metrics) Estimate { return m.SecurityRate }},
	{Name: "CodeQL-like", Help: "the same rate, judged as the scenario's own query would",
		Of: func(m Metrics) Estimate { return m.QueryRate }},
	{Name: "func-sec@1", Help: "functional and secure, among all samples",
		Of: func(m Metrics) Estimate { return m.FuncSecRate }},
	{Name: "pass@1", Help: "do their task for well-meant input, among all samples",
		Of: func(m Metrics) Estimate { return m.FunctionalRate }},
	{Name: "valid", Help: "parse or compile, among all samples",
		Of: func(m Metrics) Estimate { return m.ValidRate }},
	{Name: "undecided", Help: "among the different valid programs, those that nothing could decide",
		Of: func(m Metrics) Estimate { return m.UndecidedRate }},
	{Name: "shown", Help: "prompts with a demonstration",
		Of: func(m Metrics) Estimate { return m.Shown }},
	{Name: "right CWE", Help: "of the prompts with a demonstration, those whose first is of the scenario's CWE",
		Of: func(m Metrics) Estimate { return m.Top1SameCWE }},
	{Name: "rank", Help: "mean place of the first example of the scenario's CWE (the paper's average minimum number)", Plain: true,
		Of: func(m Metrics) Estimate { return m.FirstSameCWERank }},
}

// MetricColumns are the columns of a table of methods, in the order in which they are shown.
func MetricColumns() []MetricColumn { return slices.Clone(metricColumns) }

// MetricColumnOf is the column of a name, if there is one.
func MetricColumnOf(name string) (MetricColumn, bool) {
	i := slices.IndexFunc(metricColumns, func(c MetricColumn) bool { return c.Name == name })
	if i < 0 {
		return MetricColumn{}, false
	}
	return metricColumns[i], true
}

// Cell formats an estimate with its interval: "68.0 [60.1, 75.2]", in percent unless
// the column is plain.
func (c MetricColumn) Cell(e Estimate) string {
	format, unit := "%.1f [%.1f, %.1f]", 100.0
	switch {
	case !e.Known():
		return "–"
	case c.Plain:
		format, unit = "%.2f [%.2f, %.2f]", 1
	}
	return fmt.Sprintf(format, unit*e.Value, unit*e.Low, unit*e.High)
}
