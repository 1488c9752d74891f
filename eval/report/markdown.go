package report

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// Markdown writes the tables of a run: the metrics of every method, the differences from
// the baseline, the rate by CWE, language and scenario, and what it cost.
func Markdown(w io.Writer, r *eval.Results) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n%s\n", title(r), escapeMarkdown(provenance(r)))
	for _, s := range r.Suites {
		fmt.Fprintf(b, "\n## Suite %s\n", escapeMarkdown(s.Name))
		if text := sampling(s); text != "" {
			fmt.Fprintf(b, "\nCompletions: %s.\n", text)
		}
		for _, p := range partsOf(s) {
			markdownMetrics(b, s, p)
			for _, t := range p.tables(s, plain) {
				markdownTable(b, t)
			}
			markdownScenarios(b, s, p)
		}
		if len(s.Methods) > 0 {
			fmt.Fprint(b, "\n### Cost\n")
			markdownTable(b, costTable(s))
		}
	}
	return b.Flush()
}

func markdownMetrics(b *bufio.Writer, s eval.SuiteResults, p part) {
	fmt.Fprintf(b, "\n### %s: rates in %% with 95 %% intervals\n\n", upperFirst(p.Name))
	kept := columnsOf(s)
	header := []string{"model", "method"}
	for _, c := range kept {
		header = append(header, c.Name)
	}
	markdownRow(b, header)
	markdownRule(b, len(header))
	for _, m := range s.Methods {
		row := []string{m.Model, methodName(m)}
		for _, c := range kept {
			row = append(row, c.Cell(c.Of(m.In(p.Split))))
		}
		markdownRow(b, row)
	}
}

// plain is how numbers stand in Markdown.
var plain = notation{func(e eval.Estimate) string { return eval.MetricColumn{}.Cell(e) }, difference}

func markdownTable(b *bufio.Writer, t table) {
	fmt.Fprintf(b, "\n%s\n\n", t.Caption)
	markdownRow(b, t.Header)
	markdownRule(b, len(t.Header))
	for _, row := range t.Rows {
		markdownRow(b, row)
	}
}

func markdownScenarios(b *bufio.Writer, s eval.SuiteResults, p part) {
	security := hasSecurity(s)
	if !security {
		return
	}
	fmt.Fprintf(b, "\nSecurity rate by scenario, in %%:\n\n")
	header := []string{"scenario"}
	for _, m := range s.Methods {
		header = append(header, m.Model+", "+m.Settings.Name)
	}
	markdownRow(b, header)
	markdownRule(b, len(header))
	for i, scenario := range s.Scenarios {
		if scenario.Split != p.Split {
			continue
		}
		row := []string{scenario.ID}
		for _, m := range s.Methods {
			row = append(row, rate(m, i))
		}
		markdownRow(b, row)
	}
}

// rate is a scenario's security rate, with the undecided ones beside it.
func rate(m eval.MethodResults, i int) string {
	if i >= len(m.Scenarios) || !m.Scenarios[i].SecurityRate.Known() {
		return "–"
	}
	s := m.Scenarios[i]
	text := percent(s.SecurityRate.Value)
	if s.Counts.Undecided > 0 {
		text += fmt.Sprintf(" (%d undecided)", s.Counts.Undecided)
	}
	return text
}

func markdownRow(b *bufio.Writer, cells []string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", escapeMarkdown(c))
	}
	fmt.Fprintln(b, "|")
}

func markdownRule(b *bufio.Writer, n int) {
	fmt.Fprintln(b, strings.Repeat("|---", n)+"|")
}

func escapeMarkdown(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(s)
}

func title(r *eval.Results) string {
	if r.Run.Name != "" {
		return "Evaluation: " + r.Run.Name
	}
	return "Evaluation " + r.Run.ID
}

// provenance says where the numbers come from, and what is missing of them.
func provenance(r *eval.Results) string {
	text := fmt.Sprintf("Run %s, %s, on %s", r.Run.ID, r.Run.UpdatedAt.UTC().Format("2006-01-02"), r.Run.Machine)
	for i, name := range slices.Sorted(maps.Keys(r.Run.Versions)) {
		before := ", "
		if i == 0 {
			before = ", with "
		}
		text += before + name + " " + r.Run.Versions[name]
	}
	text += "."
	if r.Run.Limit > 0 {
		text += " " + limited(r.Run.Limit)
	}
	if !r.Run.Complete() {
		text += fmt.Sprintf(" Not complete: %d of %d samples, %d of them without a judgement.", r.Run.Done, r.Run.Wanted, r.Run.Unjudged)
	}
	return text
}

// limited says how little of each suite was taken.
func limited(limit int) string {
	if limit == 1 {
		return "Only 1 scenario of each suite was taken."
	}
	return fmt.Sprintf("Only %d scenarios of each suite were taken, spread over it.", limit)
}

// methodName is a method's name with its codebase.
func methodName(m eval.MethodResults) string {
	if more := about(m); more != "" {
		return m.Settings.Name + ": " + more
	}
	return m.Settings.Name
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
