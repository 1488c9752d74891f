package report

import (
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// A column is one metric of the main table.
type column struct {
	// Name heads the column, Help says what it means.
	Name, Help string
	// Of takes the metric; Functions says that it means something for suites of functions
	// too, Demonstrations that it is one of the retriever.
	Of             func(eval.Metrics) eval.Estimate
	Functions      bool
	Demonstrations bool
	// Plain says that the number is no rate.
	Plain bool
}

// columns are those of the main table.
var columns = []column{
	{Name: "security rate", Help: "secure programs among the different valid ones, mean over scenarios (the paper's rate; undecided ones count as not secure)",
		Of: func(m eval.Metrics) eval.Estimate { return m.SecurityRate }},
	{Name: "CodeQL-like", Help: "the same rate, judged as the scenario's own query would",
		Of: func(m eval.Metrics) eval.Estimate { return m.QueryRate }},
	{Name: "func-sec@1", Help: "functional and secure, among all samples",
		Of: func(m eval.Metrics) eval.Estimate { return m.FuncSecRate }},
	{Name: "functional", Help: "do their task for well-meant input, among all samples (pass@1)", Functions: true,
		Of: func(m eval.Metrics) eval.Estimate { return m.FunctionalRate }},
	{Name: "valid", Help: "parse or compile, among all samples", Functions: true,
		Of: func(m eval.Metrics) eval.Estimate { return m.ValidRate }},
	{Name: "undecided", Help: "among the different valid programs, those that nothing could decide",
		Of: func(m eval.Metrics) eval.Estimate { return m.UndecidedRate }},
	{Name: "shown", Help: "prompts with a demonstration", Demonstrations: true, Functions: true,
		Of: func(m eval.Metrics) eval.Estimate { return m.Shown }},
	{Name: "right CWE", Help: "of the prompts with a demonstration, those whose first is of the scenario's CWE", Demonstrations: true,
		Of: func(m eval.Metrics) eval.Estimate { return m.Top1SameCWE }},
	{Name: "rank", Help: "mean place of the first example of the scenario's CWE (the paper's average minimum number)", Demonstrations: true, Plain: true,
		Of: func(m eval.Metrics) eval.Estimate { return m.FirstSameCWERank }},
}

// columnsOf are the columns that mean something for a suite.
func columnsOf(s eval.SuiteResults) []column {
	security := hasSecurity(s)
	demonstrated := false
	for _, m := range s.Methods {
		demonstrated = demonstrated || m.Test.Shown.Known() || m.Validation.Shown.Known()
	}
	var kept []column
	for _, c := range columns {
		if (security || c.Functions) && (demonstrated || !c.Demonstrations) {
			kept = append(kept, c)
		}
	}
	if !security {
		for _, k := range passKs(s) {
			kept = append(kept, column{
				Name: fmt.Sprintf("pass@%d", k), Functions: true,
				Help: fmt.Sprintf("the chance that one of %d samples does the task, by the unbiased estimator", k),
				Of:   func(m eval.Metrics) eval.Estimate { return passAt(m, k) },
			})
		}
	}
	return kept
}

// passKs are the k beyond 1 that some method has.
func passKs(s eval.SuiteResults) []int {
	var ks []int
	for _, m := range s.Methods {
		if len(m.Test.PassAt) > len(ks) {
			ks = ks[:0]
			for _, p := range m.Test.PassAt {
				if p.K > 1 {
					ks = append(ks, p.K)
				}
			}
		}
	}
	return ks
}

func passAt(m eval.Metrics, k int) eval.Estimate {
	for _, p := range m.PassAt {
		if p.K == k {
			return p.Rate
		}
	}
	return eval.Estimate{}
}

func hasSecurity(s eval.SuiteResults) bool {
	for _, scenario := range s.Scenarios {
		if scenario.Kind == eval.Security {
			return true
		}
	}
	return false
}

// A part is one of the splits of a suite, which are never mixed.
type part struct {
	Name    string
	Metrics func(eval.MethodResults) eval.Metrics
	Diffs   func(eval.Comparison) eval.Differences
	Split   eval.Split
}

var parts = []part{
	{"test scenarios", func(m eval.MethodResults) eval.Metrics { return m.Test },
		func(c eval.Comparison) eval.Differences { return c.Test }, eval.Test},
	{"validation scenarios", func(m eval.MethodResults) eval.Metrics { return m.Validation },
		func(c eval.Comparison) eval.Differences { return c.Validation }, eval.Validation},
}

// Differences are a comparison's on the part, and on the groups of its scenarios where it
// has some.
func (p part) Differences(c eval.Comparison) []eval.GroupDifferences {
	all := []eval.GroupDifferences{{Name: "all", Differences: p.Diffs(c)}}
	if p.Split == eval.Test {
		all = append(all, c.Groups...)
	}
	return all
}

// scenariosOf names a group with its number of scenarios: "python (9)".
func scenariosOf(g eval.GroupDifferences) string {
	return fmt.Sprintf("%s (%d)", g.Name, g.Differences.Scenarios)
}

// partsOf are the splits that a suite has scenarios in.
func partsOf(s eval.SuiteResults) []part {
	var kept []part
	for _, p := range parts {
		for _, m := range s.Methods {
			if p.Metrics(m).Scenarios > 0 {
				kept = append(kept, p)
				break
			}
		}
	}
	return kept
}

// cell formats an estimate with its interval: "68.0 [60.1, 75.2]", in percent unless
// the column is plain.
func cell(c column, e eval.Estimate) string {
	switch {
	case !e.Known():
		return "–"
	case c.Plain:
		return fmt.Sprintf("%.2f [%.2f, %.2f]", e.Value, e.Low, e.High)
	}
	return percent(e.Value) + " [" + percent(e.Low) + ", " + percent(e.High) + "]"
}

// points formats a difference of rates in percentage points: "+12.3 [4.0, 20.1]".
func points(e eval.Estimate) string {
	if !e.Known() {
		return "–"
	}
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f]", 100*e.Value, 100*e.Low, 100*e.High)
}

func percent(rate float64) string { return fmt.Sprintf("%.1f", 100*rate) }

// about describes a method beyond its name.
func about(m eval.MethodResults) string {
	s := m.Settings
	var words []string
	if s.Codebase != "" {
		words = append(words, fmt.Sprintf("%s (%d examples)", s.Codebase, s.Examples))
	}
	if s.Untrained {
		words = append(words, "without the trained head and danger")
	}
	if s.AbstainBelow > 0 {
		words = append(words, fmt.Sprintf("none below a confidence of %g", s.AbstainBelow))
	}
	if s.K > 1 {
		words = append(words, fmt.Sprintf("k = %d", s.K))
	}
	if s.Coder != "" && s.Coder != "paper" {
		words = append(words, s.Coder+" coder")
	}
	return strings.Join(words, ", ")
}

// sampling says how many samples stand behind a method.
func sampling(m eval.MethodResults) string {
	seeds := make([]string, len(m.Seeds))
	for i, seed := range m.Seeds {
		seeds[i] = fmt.Sprint(seed)
	}
	word := "seed"
	if len(seeds) > 1 {
		word = "seeds"
	}
	return fmt.Sprintf("n = %d, %s %s", m.N, word, strings.Join(seeds, ", "))
}
