package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// LaTeX writes one table environment for each suite and split, for \input; they need the
// package booktabs. Numbers are rates in percent with their 95 % intervals.
func LaTeX(w io.Writer, r *eval.Results) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%% %s\n%% needs \\usepackage{booktabs}\n", oneLine(provenance(r)))
	for _, s := range r.Suites {
		for _, p := range partsOf(s) {
			latexTable(b, s, p)
		}
	}
	return b.Flush()
}

func latexTable(b *bufio.Writer, s eval.SuiteResults, p part) {
	kept := columnsOf(s)
	fmt.Fprintf(b, "\n\\begin{table}\n  \\centering\n  \\caption{Suite %s, %s.}\n", escapeLaTeX(s.Name), p.Name)
	fmt.Fprintf(b, "  \\label{tab:%s-%s}\n  \\begin{tabular}{ll%s}\n    \\toprule\n    Model & Method", label(s.Name), p.Split, strings.Repeat("r", len(kept)))
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
		fmt.Fprintf(b, "    %s & %s", escapeLaTeX(shown), escapeLaTeX(m.Settings.Name))
		for _, c := range kept {
			fmt.Fprintf(b, " & %s", latexCell(c, c.Of(p.Metrics(m))))
		}
		fmt.Fprint(b, " \\\\\n")
	}
	fmt.Fprint(b, "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n")
}

func latexCell(c column, e eval.Estimate) string {
	switch {
	case !e.Known():
		return "--"
	case c.Plain:
		return fmt.Sprintf("%.2f", e.Value)
	}
	return fmt.Sprintf("%s {\\scriptsize [%s, %s]}", percent(e.Value), percent(e.Low), percent(e.High))
}

var latexSpecial = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`,
	`%`, `\%`, `_`, `\_`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, "\n", " ",
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
