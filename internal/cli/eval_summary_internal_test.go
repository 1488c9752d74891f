package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/report"
)

// Test and validation scenarios are never mixed: each split has its table, and under it
// what methods change in it, in percent.
func TestPrintResults(t *testing.T) {
	rate := func(value float64) eval.Estimate { return eval.Estimate{Value: value, Low: value, High: value, Of: 2} }
	metrics := func(security float64) eval.Metrics {
		return eval.Metrics{Scenarios: 2, Counts: eval.Counts{Undecided: 7}, SecurityRate: rate(security), UndecidedRate: rate(0.125)}
	}
	differences := func(security float64) eval.Differences {
		return eval.Differences{Scenarios: 2, SecurityRate: rate(security)}
	}
	worse := func(id string, split eval.Split, by float64) eval.ScenarioDifference {
		return eval.ScenarioDifference{ID: id, Split: split, Difference: rate(by), Harm: by < 0}
	}
	method := func(name string, test, validation float64) eval.MethodResults {
		return eval.MethodResults{
			Model: "m", Settings: eval.MethodSettings{Name: name}, N: 25, Seeds: []uint64{1},
			Test: metrics(test), Validation: metrics(validation),
		}
	}
	suite := eval.SuiteResults{
		Name: "s", Methods: []eval.MethodResults{method("none", 0.5, 0.25), method("default", 0.75, 0)},
		Comparisons: []eval.Comparison{{
			A: eval.MethodName{Model: "m", Method: "default"}, B: eval.MethodName{Model: "m", Method: "none"},
			Test: differences(0.25), Validation: differences(-0.25),
			Scenarios: []eval.ScenarioDifference{
				worse("t1", eval.Test, 0.75), worse("t2", eval.Test, -0.25), worse("v1", eval.Validation, -0.5), worse("v2", eval.Validation, 0),
			},
		}},
	}
	const both = `s, test: 2 scenarios, n = 25, seeds 1; in percent, with 95 % intervals
model  method   security rate      undecided
m      none     50.0 [50.0, 50.0]  12.5
m      default  75.0 [75.0, 75.0]  12.5
m, default against none: security rate +25.0 [+25.0, +25.0]
  worse in 1 of 2 scenarios: t2 -25

s, validation: 2 scenarios, n = 25, seeds 1; in percent, with 95 % intervals
model  method   security rate      undecided
m      none     25.0 [25.0, 25.0]  12.5
m      default  0.0 [0.0, 0.0]     12.5
m, default against none: security rate -25.0 [-25.0, -25.0]
  worse in 1 of 2 scenarios: v1 -50

`
	var printed strings.Builder
	a := &app{out: &output{w: &printed}, err: &strings.Builder{}}
	a.printResults(&eval.Results{Suites: []eval.SuiteResults{suite}})
	if diff := cmp.Diff(both, printed.String()); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}

// A comparison has the rates that anything is known of, and says where both sides have one
// for fewer scenarios than are compared.
func TestPrintComparison(t *testing.T) {
	change := func(value float64, of int) eval.Estimate {
		return eval.Estimate{Value: value, Low: value, High: value, Of: of}
	}
	c := suiteComparison{Suite: "own"}
	c.A, c.B = eval.MethodName{Model: "m", Method: "default"}, eval.MethodName{Model: "m", Method: "none"}
	c.Test = eval.Differences{Scenarios: 4, SecurityRate: change(0.25, 3), FuncSecRate: change(-0.5, 4)}
	c.Groups = []eval.GroupDifferences{{Name: "python", Differences: eval.Differences{Scenarios: 1, FuncSecRate: change(0.125, 1)}}}
	const want = `own: m, default
  against m, none; in percentage points, with 95 % intervals
test (4)      security rate +25.0 [+25.0, +25.0] of 3  func-sec@1 -50.0 [-50.0, -50.0]
  python (1)  security rate -                          func-sec@1 +12.5 [+12.5, +12.5]

`
	var printed strings.Builder
	a := &app{out: &output{w: &printed}, err: &strings.Builder{}}
	a.printComparison(c)
	if diff := cmp.Diff(want, printed.String()); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
	// Without test scenarios the groups are parts of the validation scenarios, and stand there.
	c.Test, c.Validation = eval.Differences{}, c.Test
	printed.Reset()
	a.printComparison(c)
	validation := strings.ReplaceAll(strings.ReplaceAll(want, "test (4)      ", "validation (4)  "), "  python (1)  ", "  python (1)    ")
	if diff := cmp.Diff(validation, printed.String()); diff != "" {
		t.Errorf("printed of validation scenarios (-want +got):\n%s", diff)
	}
}

// A comparison and a report call every difference by the same name.
func TestComparisonAndReportAgree(t *testing.T) {
	rate := eval.Estimate{Value: 0.5, Low: 0.25, High: 0.75, Of: 1}
	d := eval.Differences{Scenarios: 1, SecurityRate: rate, QueryRate: rate, ValidRate: rate, FunctionalRate: rate, FuncSecRate: rate}
	c := eval.Comparison{A: eval.MethodName{Model: "m", Method: "a"}, B: eval.MethodName{Model: "m", Method: "b"}, Test: d}
	var printed, reported strings.Builder
	a := &app{out: &output{w: &printed}, err: &strings.Builder{}}
	a.printComparison(suiteComparison{Suite: "s", Comparison: c})
	results := &eval.Results{Suites: []eval.SuiteResults{{
		Name: "s", Methods: []eval.MethodResults{{Test: eval.Metrics{Scenarios: 1}}}, Comparisons: []eval.Comparison{c},
	}}}
	if err := report.Markdown(&reported, results); err != nil {
		t.Fatal(err)
	}
	columns := regexp.MustCompile(`  ([^ +\n][^+\n]*) \+50\.0`)
	header := "| method | against | scenarios |"
	found := columns.FindAllStringSubmatch(printed.String(), -1)
	for _, match := range found {
		header += " " + match[1] + " |"
	}
	if len(found) != 5 || !strings.Contains(reported.String(), header+"\n") {
		t.Errorf("the comparison has %d rates, expected 5; a report has not %q:\n%s\n%s", len(found), header, printed.String(), reported.String())
	}
}

// The terminal and the reports have the same words for the metrics of retrieval.
func TestSummaryAndReportAgree(t *testing.T) {
	known := eval.Estimate{Value: 1, Low: 1, High: 1, Of: 1}
	m := eval.Metrics{
		Scenarios: 1, SecurityRate: known, QueryRate: known, FuncSecRate: known, FunctionalRate: known, ValidRate: known,
		UndecidedRate: known, Shown: known, Top1SameCWE: known, FirstSameCWERank: known,
	}
	suite := eval.SuiteResults{Name: "s", Methods: []eval.MethodResults{{Test: m}}}
	header := "| model | method |"
	for _, c := range summaryColumns(&suite, func(m *eval.MethodResults) eval.Metrics { return m.Test }) {
		header += " " + c.name + " |"
	}
	var reported strings.Builder
	if err := report.Markdown(&reported, &eval.Results{Suites: []eval.SuiteResults{suite}}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reported.String(), header+"\n") {
		t.Errorf("the report has not %q:\n%s", header, reported.String())
	}
}
