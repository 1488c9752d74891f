package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// columnsOf are the columns that say something of any method of a suite.
func columnsOf(s eval.SuiteResults) []eval.MetricColumn {
	all := eval.MetricColumns()
	for _, k := range passKs(s) {
		all = append(all, eval.MetricColumn{
			Name: fmt.Sprintf("pass@%d", k),
			Help: fmt.Sprintf("the chance that one of %d samples does the task, by the unbiased estimator", k),
			Of:   func(m eval.Metrics) eval.Estimate { return passAt(m, k) },
		})
	}
	return slices.DeleteFunc(all, func(c eval.MetricColumn) bool {
		return !slices.ContainsFunc(s.Methods, func(m eval.MethodResults) bool { return c.Of(m.Test).Known() || c.Of(m.Validation).Known() })
	})
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
	Name  string
	Split eval.Split
}

var parts = []part{{"test scenarios", eval.Test}, {"validation scenarios", eval.Validation}}

// groups are a comparison's differences on the part, and on the groups of its scenarios
// where it has some.
func (p part) groups(c eval.Comparison) []eval.GroupDifferences {
	all := []eval.GroupDifferences{{Name: "all", Differences: c.In(p.Split)}}
	if p.Split == c.GroupSplit() {
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
			if m.In(p.Split).Scenarios > 0 {
				kept = append(kept, p)
				break
			}
		}
	}
	return kept
}

// points formats a difference of rates in percentage points: "+12.3 [4.0, 20.1]".
func points(e eval.Estimate) string {
	if !e.Known() {
		return "–"
	}
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f]", 100*e.Value, 100*e.Low, 100*e.High)
}

// difference is points, with the number of scenarios where that is not all of them.
func difference(e eval.Estimate, scenarios int) string { return points(e) + e.OfFewer(scenarios) }

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

// sampling says what a suite's completions were drawn with: "n = 25, seeds 1, 2; temperature 0.4,
// top-p 0.95, at most 300 tokens".
func sampling(s eval.SuiteResults) string {
	if len(s.Methods) == 0 {
		return ""
	}
	first := s.Methods[0] // those of a run are drawn alike
	word := "seed"
	if len(first.Seeds) > 1 {
		word = "seeds"
	}
	text := fmt.Sprintf("n = %d, %s %s", first.N, word, strings.Join(strings.Fields(strings.Trim(fmt.Sprint(first.Seeds), "[]")), ", "))
	if s.MaxTokens > 0 { // results of older programs do not say
		text += fmt.Sprintf("; temperature %g, top-p %g, at most %d tokens", s.Temperature, s.TopP, s.MaxTokens)
	}
	return text
}
