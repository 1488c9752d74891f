package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
)

// sideOf is a run with a method on three scenarios, judged by what digest stands for.
func sideOf(id, digest, prompt string) compareSide {
	suite := eval.SuiteResults{Name: "s", Digest: digest, Methods: []eval.MethodResults{{Model: "m", Settings: eval.MethodSettings{Name: "none"}, Seeds: []uint64{1}}}}
	for _, name := range []string{"a", "b", "c"} {
		info := eval.ScenarioInfo{ID: name, Kind: eval.Security, Split: eval.Test}
		if name != "c" {
			info.Prompt = prompt
		}
		suite.Scenarios = append(suite.Scenarios, info)
		suite.Methods[0].Scenarios = append(suite.Methods[0].Scenarios, eval.ScenarioResults{ID: name, Seeds: []eval.SeedResults{{Seed: 1}}})
	}
	return compareSide{results: &eval.Results{Run: eval.RunInfo{ID: id}, Suites: []eval.SuiteResults{suite}}}
}

// A difference of two runs may be one of their judges; then it is not told as the methods'.
func TestCompareTellsOfOtherJudges(t *testing.T) {
	const warning = "the judges or prompts of suite s differ between the two runs: differences may be theirs, and not the methods'; " +
		"judge both with one program: seccoder eval resume x-1, and seccoder eval resume x-2"
	for _, test := range []struct {
		name, digest, prompt, warning string
		leftOut                       []string
	}{
		{"the same", "1", "p", "", nil},
		{"other judges", "2", "p", warning, nil},
		{"other prompts", "2", "q", warning, []string{"a", "b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			comparisons, err := compareSides(sideOf("x-1", "1", "p"), sideOf("x-2", test.digest, test.prompt))
			if err != nil || len(comparisons) != 1 {
				t.Fatalf("%d comparisons, %v", len(comparisons), err)
			}
			c := comparisons[0]
			if diff := cmp.Diff(test.leftOut, c.LeftOut); diff != "" || c.Warning != test.warning {
				t.Errorf("warning %q, want %q; left out (-want +got):\n%s", c.Warning, test.warning, diff)
			}
			var printed, told strings.Builder
			a := &app{out: &output{w: &printed}, err: &told, colour: "never"}
			a.warnOfSuites([]suiteComparison{c, c})
			a.printComparison(c)
			if got := strings.Count(told.String(), "warning: "+warning+"\n"); got != min(1, len(test.warning)) {
				t.Errorf("warned %d times:\n%s", got, told.String())
			}
			if got := strings.Contains(printed.String(), "  left out, as the two have other prompts: a, b\n"); got != (test.leftOut != nil) {
				t.Errorf("printed:\n%s", printed.String())
			}
		})
	}
}

// What is set against what.
func TestComparePairs(t *testing.T) {
	run := func(id string, names ...string) compareSide {
		suite := eval.SuiteResults{Name: "s"}
		for _, name := range names {
			model, method, _ := strings.Cut(name, " ")
			suite.Methods = append(suite.Methods, eval.MethodResults{Model: model, Settings: eval.MethodSettings{Name: method}})
		}
		return compareSide{results: &eval.Results{Run: eval.RunInfo{ID: id}, Suites: []eval.SuiteResults{suite}}}
	}
	of := func(side compareSide, method, model string) compareSide {
		side.method, side.model = method, model
		return side
	}
	both := run("r", "big none", "big default", "small none", "small default")
	for _, test := range []struct {
		name string
		a, b compareSide
		want []string
	}{
		{"two methods of a run", of(both, "default", ""), of(both, "none", ""), []string{"big default - big none", "small default - small none"}},
		{"two methods of a model", of(both, "default", "big"), of(both, "none", "big"), []string{"big default - big none"}},
		{"two models of a run", of(both, "", "big"), of(both, "", "small"), []string{"big none - small none", "big default - small default"}},
		{"a method of two models", of(both, "none", "big"), of(both, "none", "small"), []string{"big none - small none"}},
		{"a method and a model each", of(both, "default", "small"), of(both, "none", "big"), []string{"small default - big none"}},
		{"runs of one model each", run("x", "big none", "big default"), run("y", "small none", "small default"), []string{"x big none - y small none", "x big default - y small default"}},
		{"runs of one method each", run("x", "big none"), run("y", "small default"), []string{"x big none - y small default"}},
		{"a run of one model with one of two", run("x", "big none"), both, []string{"x big none - r big none"}},
		{"nothing in common", run("x", "big none"), run("y", "small default", "other default"), nil},
		{"an unknown model", of(both, "", "none"), both, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			comparisons, err := compareSides(test.a, test.b)
			if (err != nil) != (test.want == nil) {
				t.Errorf("error %v", err)
			}
			var got []string
			for _, c := range comparisons {
				got = append(got, strings.TrimSpace(c.A.Run+" "+c.A.Model+" "+c.A.Method)+" - "+strings.TrimSpace(c.B.Run+" "+c.B.Model+" "+c.B.Method))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Names of methods and of models may have colons.
func TestMethodAndModel(t *testing.T) {
	var results eval.Results
	suite := eval.SuiteResults{Name: "s"}
	for _, name := range []string{"none", "dense@sven", "dense@sven:train", "dense@sven:train-100"} {
		suite.Methods = append(suite.Methods, eval.MethodResults{Model: "qwen:1.5b", Settings: eval.MethodSettings{Name: name}})
	}
	results.Suites = append(results.Suites, suite)
	for text, want := range map[string][2]string{
		"":                               {},
		"none":                           {"none", ""},
		"none:qwen:1.5b":                 {"none", "qwen:1.5b"},
		":qwen:1.5b":                     {"", "qwen:1.5b"},
		"dense@sven:train":               {"dense@sven:train", ""},
		"dense@sven:train:qwen:1.5b":     {"dense@sven:train", "qwen:1.5b"},
		"dense@sven:train-100:qwen:1.5b": {"dense@sven:train-100", "qwen:1.5b"},
		"dense@sven:qwen":                {"dense@sven", "qwen"},
		"unknown:m":                      {"unknown", "m"},
	} {
		if method, model := methodAndModel(&results, text); method != want[0] || model != want[1] {
			t.Errorf("%q is method %q, model %q; want %q", text, method, model, want)
		}
	}
}
