package eval_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
)

// The program's default abstains, unless the plan says that it never does.
func TestDefaultMethodAbstains(t *testing.T) {
	bench := newBench(t)
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Prompt += "def find_two(db, name):\n"
	}
	plan := mustPlan(t, func(p *eval.Plan) {
		p.Methods = []eval.Method{{Retriever: "default"}, {Retriever: "default", AbstainBelow: -1}}
	})
	methods := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan).Suites[0].Methods
	if methods[0].Test.Shown.Value != 0.5 || methods[1].Test.Shown.Value != 1 {
		t.Errorf("shown %v and %v, want 0.5 and 1", methods[0].Test.Shown.Value, methods[1].Test.Shown.Value)
	}
	if s := methods[1].Settings; s.Name != "default-always" || s.AbstainBelow != 0 {
		t.Errorf("settings %+v", s)
	}
}

// A plan's context is bounded unless it says otherwise.
func TestPlanContext(t *testing.T) {
	for context, want := range map[int]int{0: eval.DefaultContext, -1: 0, 8192: 8192} {
		if plan := mustPlan(t, func(p *eval.Plan) { p.Context = context }); plan.Context != want {
			t.Errorf("context %d of a plan is completed to %d, want %d", context, plan.Context, want)
		}
	}
}

// Results say of which methods something trained has no say: of those that have it at all.
func TestUntrained(t *testing.T) {
	bench := newBench(t, "secure")
	plan := mustPlan(t, func(p *eval.Plan) {
		p.Methods = []eval.Method{
			{Retriever: "none"}, {Retriever: "fused"},
			{Retriever: "bm25", Codebase: "starter-heldout"}, {Retriever: "fused", Codebase: "starter-heldout"},
		}
	})
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	for i, want := range []bool{false, false, false, true} {
		if s := results.Suites[0].Methods[i].Settings; s.Untrained != want {
			t.Errorf("%s: untrained is %v, want %v", s.Name, s.Untrained, want)
		}
	}
}

// What a method abstains from is completed as without a demonstration, and not drawn again.
func TestAbstainingMethod(t *testing.T) {
	bench := newBench(t)
	bench.generate = func(r generation.Request) ([]string, error) {
		if r.Demonstration != "" {
			return []string{"secure a", "secure b", "secure c", "secure d"}, nil
		}
		return []string{"broken a", "broken b", "broken c", "broken d"}, nil
	}
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Prompt += "def find_two(db, name):\n"
	}
	plan := mustPlan(t, func(p *eval.Plan) {
		p.Methods = []eval.Method{{Retriever: "none"}, {Retriever: "fused"}, {Retriever: "fused", AbstainBelow: 0.5}}
	})
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	always, abstaining := results.Suites[0].Methods[1], results.Suites[0].Methods[2]
	if always.Test.Shown.Value != 1 || abstaining.Test.Shown.Value != 0.5 || abstaining.Test.Top1SameCWE.Value != 1 {
		t.Errorf("shown %v and %v, right of those shown %v", always.Test.Shown.Value, abstaining.Test.Shown.Value, abstaining.Test.Top1SameCWE.Value)
	}
	if always.Test.SecurityRate.Value != 1 || abstaining.Test.SecurityRate.Value != 0.5 {
		t.Errorf("security rates %v and %v", always.Test.SecurityRate.Value, abstaining.Test.SecurityRate.Value)
	}
	if abstaining.Settings.Name != "fused-abstain0.5" || abstaining.Settings.AbstainBelow != 0.5 {
		t.Errorf("settings %+v", abstaining.Settings)
	}
	if bench.made() != 6 {
		t.Errorf("%d requests, want 6: three scenarios with and without", bench.made())
	}
	var groups []string
	for _, g := range results.Suites[0].Comparisons[1].Groups {
		groups = append(groups, fmt.Sprintf("%s %d %+.0f", g.Name, g.Differences.Scenarios, g.Differences.SecurityRate.Value))
	}
	if want := []string{eval.DemonstratedRight + " 1 +1", eval.DemonstratedNone + " 1 +0"}; !slices.Equal(groups, want) {
		t.Errorf("groups %q, want %q", groups, want)
	}
}
