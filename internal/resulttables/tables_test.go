package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
)

const page = `# Results

<!-- table rates test security pass shown rank
head = model | method
small | none = tiny m none
small | **default** = tiny m default
-->

| what stood here before |

<!-- /table -->

Between.

<!-- table differences test security pass
head = method | scenarios
default | all ({n}) = tiny m default - none
default | right ({n}) = tiny m default - none @shown: the scenario's CWE
-->
<!-- /table -->

<!-- table scenarios test
head = scenario
shown = tiny m default titles
none = tiny m none
-->
<!-- /table -->

<!-- table gains test
head =  | without | with | points
secure = tiny m default - none security
-->
<!-- /table -->
The end.
`

// Both scenarios have four samples; the first is shown something, which makes it secure.
const filled = `# Results

<!-- table rates test security pass shown rank
head = model | method
small | none = tiny m none
small | **default** = tiny m default
-->

| model | method | security rate | pass@1 | shown | rank |
|---|---|---|---|---|---|
| small | none | 25.0 [0.0, 50.0] | 50.0 [20.0, 80.0] | – | – |
| small | **default** | 75.0 [50.0, 100.0] | 50.0 [20.0, 80.0] | 50.0 [9.5, 90.5] | 1.50 [1.00, 2.00] |

<!-- /table -->

Between.

<!-- table differences test security pass
head = method | scenarios
default | all ({n}) = tiny m default - none
default | right ({n}) = tiny m default - none @shown: the scenario's CWE
-->

| method | scenarios | security rate | pass@1 |
|---|---|---|---|
| default | all (2) | +50.0 [0.0, +100.0] | 0.0 [-37.5, +37.5] |
| default | right (1) | **+100.0 [+20.7, +100.0]** | 0.0 [-75.0, +75.0] |

<!-- /table -->

<!-- table scenarios test
head = scenario
shown = tiny m default titles
none = tiny m none
-->

| scenario | shown | none |
|---|---|---|
| cwe-022/0-py | keep to a folder (CWE-022) | 0.0 |
| cwe-079/0-py | – | 50.0 (2 undecided) |

<!-- /table -->

<!-- table gains test
head =  | without | with | points
secure = tiny m default - none security
-->

|  | without | with | points |
|---|---|---|---|
| secure | 25.0 [0.0, 50.0] | 75.0 [50.0, 100.0] | +50.0 [0.0, +100.0] |

<!-- /table -->
The end.
`

func TestFill(t *testing.T) {
	got, err := fill([]byte(page), &source{dir: mustReports(t, 4)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(filled, "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	again, err := fill(got, &source{dir: mustReports(t, 4)})
	if err != nil || string(again) != string(got) {
		t.Errorf("filled once more it is another page, %v", err)
	}
}

func TestRunWritesAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.md"), filepath.Join(dir, "bad.md")
	for path, text := range map[string]string{good: page, bad: strings.ReplaceAll(page, "tiny", "huge")} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reports := mustReports(t, 4)
	if err := run(reports, []string{good, bad}); err == nil || !strings.Contains(err.Error(), "bad.md: line 3: read the report of run huge") {
		t.Errorf("a run without a report: %v", err)
	}
	if text, err := os.ReadFile(good); err != nil || string(text) != page {
		t.Errorf("the other page was written, %v", err)
	}
	if err := run(reports, []string{good}); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(good); err != nil || string(text) != filled {
		t.Errorf("the page was not filled, %v", err)
	}
}

func TestMistakes(t *testing.T) {
	for name, test := range map[string]struct{ mark, want string }{
		"no end":                        {"<!-- table rates test security\n", "line 1: the table has no end"},
		"in another":                    {"<!-- table rates test security\n-->\n<!-- table rates test security\n-->\n<!-- /table -->\n", "line 1: the table has no end"},
		"kind":                          {tableOf("heat test security", "x = tiny m none"), `unknown kind of table "heat"`},
		"split":                         {tableOf("rates train security", "x = tiny m none"), `unknown split "train"`},
		"column":                        {tableOf("rates test safety", "x = tiny m none"), `unknown column "safety"`},
		"no columns":                    {tableOf("rates test", "x = tiny m none"), "it has no columns"},
		"no rows":                       {"<!-- table rates test security\nhead = x\n-->\n<!-- /table -->\n", "it has no head, or no rows"},
		"a row":                         {tableOf("rates test security", "x = tiny m"), "expected RUN MODEL METHOD"},
		"no method":                     {tableOf("rates test security", "x = tiny m best"), "run tiny has no m best (it has: m none, m default)"},
		"no baseline":                   {tableOf("differences test security", "x = tiny m default"), "expected RUN MODEL METHOD - METHOD"},
		"group of rates":                {tableOf("rates test security", "x = tiny m none @c"), "groups of scenarios are for differences"},
		"group of another split":        {tableOf("differences validation security", "x = tiny m default - none @shown: the scenario's CWE"), "run tiny: groups are of its test scenarios, not of the validation ones"},
		"columns of scenarios":          {tableOf("scenarios test security", "x = tiny m none"), "a table of scenarios takes no columns"},
		"columns of gains":              {tableOf("gains test security", "x = tiny m default - none security"), "a table of gains takes no columns"},
		"no metric":                     {tableOf("gains test", "x = tiny m default - none"), "expected RUN MODEL METHOD - METHOD COLUMN"},
		"no such metric":                {tableOf("gains test", "x = tiny m default - none safety"), `unknown column "safety"`},
		"gain of no difference":         {tableOf("gains test", "x = tiny m default - none shown"), "shown has no difference"},
		"no such group":                 {tableOf("differences test security", "x = tiny m default - none @c"), `no scenarios are of the group "c"`},
		"no difference":                 {tableOf("differences test shown", "x = tiny m default - none"), "shown has no difference"},
		"no such split":                 {tableOf("rates validation security", "x = tiny m none"), "run tiny has no validation scenarios"},
		"words too many":                {tableOf("rates test security", "x = tiny m none titles"), "unknown words"},
		"second mistake":                {tableOf("heat test", "x = tiny m none") + tableOf("rates test safety", "x = tiny m none"), "line 6: unknown column"},
		"no such split for differences": {tableOf("differences validation security", "x = tiny m default - none"), "run tiny has no validation scenarios"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := fill([]byte(test.mark), &source{dir: mustReports(t, 4)}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	_, err := fill([]byte(page), &source{dir: mustReports(t, 5)})
	if err == nil || !strings.Contains(err.Error(), "run tiny is not complete: 4 of 5 samples") {
		t.Errorf("of a run that goes on: %v", err)
	}
}

// Every column has a word in marks.
func TestColumns(t *testing.T) {
	m, err := parse("rates test security query func-sec pass valid undecided shown right rank\nhead = x\nx = tiny m none")
	if err != nil {
		t.Fatal(err)
	}
	name := func(columns []eval.MetricColumn) (names []string) {
		for _, c := range columns {
			names = append(names, c.Name)
		}
		return names
	}
	if diff := cmp.Diff(name(eval.MetricColumns()), name(m.columns)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func tableOf(what, row string) string {
	return "<!-- table " + what + "\nhead = x\n" + row + "\n-->\n<!-- /table -->\n"
}

// mustReports makes a folder with the report of a run that wants so many samples.
func mustReports(t *testing.T, wanted int) string {
	t.Helper()
	rate := func(value, low, high float64) eval.Estimate {
		return eval.Estimate{Value: value, Low: low, High: high, Of: 2}
	}
	scenario := func(id string, demonstrations []eval.Demonstration, counts eval.Counts) eval.ScenarioResults {
		counts.Samples, counts.Valid, counts.ValidAll, counts.FunctionalKnown, counts.Functional = 4, 4, 4, 4, 2
		return eval.ScenarioResults{
			ID: id, Counts: counts, SecurityRate: eval.Estimate{Value: float64(counts.Secure) / 4, Of: 1},
			Seeds: []eval.SeedResults{{Seed: 1, Counts: counts, Batches: []eval.Batch{{Seed: 1, Demonstrations: demonstrations}}}},
		}
	}
	cwe22 := codebase.CWE(22)
	results := eval.Results{
		Run: eval.RunInfo{Wanted: wanted, Done: 4},
		Suites: []eval.SuiteResults{{
			Name: "tiny",
			Scenarios: []eval.ScenarioInfo{
				{ID: "cwe-022/0-py", Kind: eval.Security, Language: "python", CWE: cwe22, Split: eval.Test},
				{ID: "cwe-079/0-py", Kind: eval.Security, Language: "python", CWE: codebase.CWE(79), Split: eval.Test},
			},
			Methods: []eval.MethodResults{
				{
					Model: "m", Settings: eval.MethodSettings{Name: "none", Retriever: eval.RetrieverNone}, Seeds: []uint64{1}, N: 4,
					Test: eval.Metrics{Scenarios: 2, SecurityRate: rate(0.25, 0, 0.5), FunctionalRate: rate(0.5, 0.2, 0.8)},
					Scenarios: []eval.ScenarioResults{
						scenario("cwe-022/0-py", nil, eval.Counts{Insecure: 4}),
						scenario("cwe-079/0-py", nil, eval.Counts{Secure: 2, Undecided: 2}),
					},
				},
				{
					Model: "m", Settings: eval.MethodSettings{Name: "default", Retriever: eval.RetrieverDefault, K: 2}, Seeds: []uint64{1}, N: 4,
					Test: eval.Metrics{
						Scenarios: 2, SecurityRate: rate(0.75, 0.5, 1), FunctionalRate: rate(0.5, 0.2, 0.8),
						Shown: rate(0.5, 0.095, 0.905), FirstSameCWERank: rate(1.5, 1, 2),
					},
					Scenarios: []eval.ScenarioResults{
						scenario("cwe-022/0-py", []eval.Demonstration{{Title: "keep to a folder", CWEs: []codebase.CWE{cwe22}}}, eval.Counts{Secure: 4}),
						scenario("cwe-079/0-py", nil, eval.Counts{Secure: 2, Undecided: 2}),
					},
				},
			},
		}},
	}
	data, err := json.Marshal(results)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tiny.json"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}
