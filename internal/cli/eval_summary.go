package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seccoder/seccoder/eval"
)

// printResults prints a table for each suite and split, and what each method changes there.
func (a *app) printResults(r *eval.Results) {
	for i := range r.Suites {
		s := &r.Suites[i]
		a.printPart(s, eval.Test)
		a.printPart(s, eval.Validation)
		a.printCost(s)
	}
}

func (a *app) printPart(s *eval.SuiteResults, split eval.Split) {
	of := func(m *eval.MethodResults) eval.Metrics { return m.In(split) }
	if len(s.Methods) == 0 || of(&s.Methods[0]).Scenarios == 0 {
		return
	}
	first := &s.Methods[0]
	fmt.Fprintf(a.out, "%s, %s: %s, n = %d, seeds %s; in percent, with 95 %% intervals\n",
		visible(s.Name), split, counted(of(first).Scenarios, "scenario"), first.N, strings.Trim(fmt.Sprint(first.Seeds), "[]"))
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	header := []string{"model", "method"}
	columns := summaryColumns(s, of)
	for _, c := range columns {
		header = append(header, c.name)
	}
	fmt.Fprintln(table, strings.Join(header, "\t"))
	for i := range s.Methods {
		m := &s.Methods[i]
		row := []string{visible(m.Model), visible(m.Settings.Name)}
		for _, c := range columns {
			row = append(row, c.value(of(m)))
		}
		fmt.Fprintln(table, strings.Join(row, "\t"))
	}
	_ = table.Flush() // a.out remembers its errors
	for _, c := range s.Comparisons {
		a.printHarm(c, split)
	}
	fmt.Fprintln(a.out)
}

// A summaryColumn is one of the table.
type summaryColumn struct {
	name  string
	value func(eval.Metrics) string
	// known says whether the column says anything.
	known func(eval.Metrics) bool
}

// summaryColumns are those that say something for any method.
func summaryColumns(s *eval.SuiteResults, of func(*eval.MethodResults) eval.Metrics) []summaryColumn {
	estimate := func(name string, get func(eval.Metrics) eval.Estimate) summaryColumn {
		return summaryColumn{name,
			func(m eval.Metrics) string { return percent(get(m)) },
			func(m eval.Metrics) bool { return get(m).Known() }}
	}
	short := func(name string, get func(eval.Metrics) eval.Estimate) summaryColumn {
		return summaryColumn{name,
			func(m eval.Metrics) string { return bare(get(m)) },
			func(m eval.Metrics) bool { return get(m).Known() }}
	}
	all := []summaryColumn{
		estimate("security rate", func(m eval.Metrics) eval.Estimate { return m.SecurityRate }),
		estimate("CodeQL-like", func(m eval.Metrics) eval.Estimate { return m.QueryRate }),
		estimate("func-sec@1", func(m eval.Metrics) eval.Estimate { return m.FuncSecRate }),
		estimate("pass@1", func(m eval.Metrics) eval.Estimate { return m.FunctionalRate }),
	}
	for _, k := range []int{5, 10, 25, 50, 100} {
		all = append(all, short(fmt.Sprintf("pass@%d", k), func(m eval.Metrics) eval.Estimate { return passAt(m, k) }))
	}
	all = append(all,
		short("valid", func(m eval.Metrics) eval.Estimate { return m.ValidRate }),
		short("undecided", func(m eval.Metrics) eval.Estimate { return m.UndecidedRate }),
		short("shown", func(m eval.Metrics) eval.Estimate { return m.Shown }),
		short("right CWE", func(m eval.Metrics) eval.Estimate { return m.Top1SameCWE }),
		summaryColumn{"rank",
			func(m eval.Metrics) string {
				if !m.FirstSameCWERank.Known() {
					return "-"
				}
				return fmt.Sprintf("%.2f", m.FirstSameCWERank.Value)
			},
			func(m eval.Metrics) bool { return m.FirstSameCWERank.Known() }},
	)
	return slices.DeleteFunc(all, func(c summaryColumn) bool {
		return !slices.ContainsFunc(s.Methods, func(m eval.MethodResults) bool { return c.known(of(&m)) })
	})
}

func passAt(m eval.Metrics, k int) eval.Estimate {
	for _, p := range m.PassAt {
		if p.K == k {
			return p.Rate
		}
	}
	return eval.Estimate{}
}

// percent is an estimate with its interval.
func percent(e eval.Estimate) string {
	if !e.Known() {
		return "-"
	}
	return fmt.Sprintf("%.1f [%.1f, %.1f]", 100*e.Value, 100*e.Low, 100*e.High)
}

// bare is an estimate alone.
func bare(e eval.Estimate) string {
	if !e.Known() {
		return "-"
	}
	return fmt.Sprintf("%.1f", 100*e.Value)
}

// points is a difference with its interval.
func points(e eval.Estimate) string {
	if !e.Known() {
		return "-"
	}
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f]", 100*e.Value, 100*e.Low, 100*e.High)
}

// pointsOf is points, with the number of scenarios where both sides have a rate for fewer
// than are compared.
func pointsOf(e eval.Estimate, scenarios int) string { return points(e) + e.OfFewer(scenarios) }

// printHarm says what a method changes in a split, and where for the worse.
func (a *app) printHarm(c eval.Comparison, split eval.Split) {
	d := c.In(split)
	var parts []string
	add := func(name string, e eval.Estimate) {
		if e.Known() {
			parts = append(parts, name+" "+pointsOf(e, d.Scenarios))
		}
	}
	add("security rate", d.SecurityRate)
	add("func-sec@1", d.FuncSecRate)
	if !d.SecurityRate.Known() {
		add("pass@1", d.FunctionalRate)
	}
	if len(parts) == 0 {
		return
	}
	fmt.Fprintf(a.out, "%s against %s: %s\n", visible(c.A.String()), visible(c.B.Method), strings.Join(parts, ", "))
	var harmed []string
	for _, s := range c.Scenarios {
		if (s.Split == eval.Validation) == (split == eval.Validation) && s.Harm && d.SecurityRate.Known() {
			harmed = append(harmed, fmt.Sprintf("%s %+.0f", visible(s.ID), 100*s.Difference.Value))
		}
	}
	if len(harmed) > 0 {
		fmt.Fprintf(a.out, "  worse in %d of %s: %s\n", len(harmed), counted(d.Scenarios, "scenario"), strings.Join(harmed, ", "))
	}
}

// printCost says what was spent.
func (a *app) printCost(s *eval.SuiteResults) {
	for i := range s.Methods {
		m := &s.Methods[i]
		a.note("%s, %s: %d tokens read (%d of them kept from before), %d written; %.0f s of generation, %.0f s of judging",
			visible(m.Model), visible(m.Settings.Name), m.Cost.PromptTokens, m.Cost.CachedTokens, m.Cost.CompletionTokens,
			m.Cost.GenerateSeconds, m.Cost.JudgeSeconds)
	}
}

// warnUnjudged names the samples that lack a judgement, the first few with the reason.
func (a *app) warnUnjudged(r *eval.Results) {
	shown := 0
	for _, s := range r.Suites {
		for _, m := range s.Methods {
			for _, scenario := range m.Scenarios {
				for _, seed := range scenario.Seeds {
					for _, b := range seed.Batches {
						for _, sample := range b.Samples {
							if sample.Error != "" && shown < 5 {
								shown++
								a.warn("%s, %s, seed %d, sample %d: %s", visible(m.Settings.Name), visible(scenario.ID), seed.Seed, sample.Index, visible(firstLine(sample.Error)))
							}
						}
					}
				}
			}
		}
	}
}
