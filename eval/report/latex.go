package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// LaTeX writes table environments for \input, which need the package booktabs: for each
// suite and split the metrics and the differences from the baseline, for the test
// scenarios, or where there are none the others, the rate by CWE and by language, and for
// each suite what it cost. Numbers are rates in percent with their 95 % intervals.
func LaTeX(w io.Writer, r *eval.Results) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%% %s\n%% needs \\usepackage{booktabs}\n", oneLine(provenance(r)))
	for _, s := range r.Suites {
		for _, p := range partsOf(s) {
			latexMetrics(b, s, p)
			for _, t := range p.tables(s, small) {
				latexTable(b, s, t)
			}
		}
		if len(s.Methods) > 0 {
			latexTable(b, s, costTable(s))
		}
	}
	return b.Flush()
}

func latexMetrics(b *bufio.Writer, s eval.SuiteResults, p part) {
	kept := columnsOf(s)
	caption := fmt.Sprintf("Suite %s, %s: rates in %%, with 95 %% intervals (%s).", s.Name, p.Name, sampling(s))
	latexBegin(b, caption, label(s.Name)+"-"+string(p.Split), 2, len(kept))
	fmt.Fprint(b, "    Model & Method")
	for _, c := range kept {
		fmt.Fprintf(b, " & %s", escapeLaTeX(c.Name))
	}
	fmt.Fprint(b, " \\\\\n    \\midrule\n")
	model := ""
	for i, m := range s.Methods {
		shown := ""
		if m.Model != model {
			if i > 0 {
				fmt.Fprint(b, "    \\addlinespace\n")
			}
			model, shown = m.Model, m.Model
		}
		fmt.Fprintf(b, "    %s & %s", escapeLaTeX(shown), escapeLaTeX(methodName(m)))
		for _, c := range kept {
			fmt.Fprintf(b, " & %s", latexCell(c, c.Of(m.In(p.Split))))
		}
		fmt.Fprint(b, " \\\\\n")
	}
	latexEnd(b)
}

func latexTable(b *bufio.Writer, s eval.SuiteResults, t table) {
	latexBegin(b, fmt.Sprintf("Suite %s. %s", s.Name, t.Caption), label(s.Name)+"-"+t.ID, t.Words, len(t.Header)-t.Words)
	for i, row := range append([][]string{t.Header}, t.Rows...) {
		cells := slices.Clone(row)
		for column := range cells {
			if i == 0 || column < t.Words {
				cells[column] = escapeLaTeX(cells[column])
			}
		}
		fmt.Fprintf(b, "    %s \\\\\n", strings.Join(cells, " & "))
		if i == 0 {
			fmt.Fprint(b, "    \\midrule\n")
		}
	}
	latexEnd(b)
}

// latexBegin begins a table with so many columns of words and of numbers.
func latexBegin(b *bufio.Writer, caption, label string, words, numbers int) {
	fmt.Fprintf(b, "\n\\begin{table}\n  \\centering\n  \\caption{%s}\n", escapeLaTeX(caption))
	fmt.Fprintf(b, "  \\label{tab:%s}\n  \\begin{tabular}{%s%s}\n    \\toprule\n", label, strings.Repeat("l", words), strings.Repeat("r", numbers))
}

func latexEnd(b *bufio.Writer) {
	fmt.Fprint(b, "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n")
}

// small is how numbers stand in LaTeX: their intervals in small type.
var small = notation{func(e eval.Estimate) string { return latexCell(eval.MetricColumn{}, e) }, latexDifference}

func latexCell(c eval.MetricColumn, e eval.Estimate) string {
	switch {
	case !e.Known():
		return "--"
	case c.Plain:
		return fmt.Sprintf("%.2f", e.Value)
	}
	return fmt.Sprintf("%s {\\scriptsize [%s, %s]}", percent(e.Value), percent(e.Low), percent(e.High))
}

func latexDifference(e eval.Estimate, scenarios int) string {
	if !e.Known() {
		return "--"
	}
	return fmt.Sprintf("$%+.1f$ {\\scriptsize [$%+.1f$, $%+.1f$]%s}", 100*e.Value, 100*e.Low, 100*e.High, e.OfFewer(scenarios))
}

var latexSpecial = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`,
	`%`, `\%`, `_`, `\_`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, "\n", " ",
	`<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`, // other characters in TeX's own encoding
)

func escapeLaTeX(s string) string { return latexSpecial.Replace(s) }

// label keeps what a LaTeX label may hold.
func label(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
