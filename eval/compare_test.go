package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
)

// Methods are set against the one that shows nothing.
func TestBaselineAndRetrieval(t *testing.T) {
	bench := newBench(t)
	bench.generate = func(r generation.Request) ([]string, error) {
		if r.Demonstration != "" && strings.Contains(r.Prefix, "# two") {
			return []string{"broken a", "broken b", "broken c", "broken d"}, nil
		}
		return []string{"secure a", "secure b", "secure c", "secure d"}, nil
	}
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Prompt += "def find_two(db, name):\n"
	}
	plan := mustPlan(t, func(p *eval.Plan) {
		p.Methods = []eval.Method{{Retriever: "none"}, {Retriever: "bm25"}}
	})
	results := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan)
	comparisons := results.Suites[0].Comparisons
	if len(comparisons) != 1 || comparisons[0].A.Method != "bm25" || comparisons[0].B.Method != "none" {
		t.Fatalf("comparisons %+v", comparisons)
	}
	c := comparisons[0]
	if c.Test.SecurityRate.Value != -0.5 || c.Test.SecurityRate.Low > -0.5 || c.Test.SecurityRate.High < -0.5 {
		t.Errorf("difference %+v", c.Test.SecurityRate)
	}
	if one, two := c.Scenarios[0], c.Scenarios[1]; one.Harm || !two.Harm || !two.Clear || two.Difference.Value != -1 {
		t.Errorf("scenarios %+v, %+v", one, two)
	}
	m := results.Suites[0].Methods[1]
	if m.Test.Top1SameCWE.Value != 1 || m.Test.FirstSameCWERank.Value != 1 {
		t.Errorf("retrieval: top-1 %+v, rank %+v", m.Test.Top1SameCWE, m.Test.FirstSameCWERank)
	}
	batch := at(t, results, "bm25", "one").Seeds[0].Batches[0]
	if len(batch.Demonstrations) != 1 || !strings.Contains(batch.Prompt, "db.one(name)") || batch.Demonstrations[0].Rank != 1 {
		t.Errorf("batch %+v", batch)
	}
}

// Scenarios that have other prompts are others, whatever they are called.
func TestCompareLeavesOtherPromptsOut(t *testing.T) {
	suite := func(changes ...func(*eval.Scenario)) *eval.SuiteResults {
		bench := newBench(t, "secure works\n")
		for i, change := range changes {
			change(&bench.suite.Scenarios[i])
		}
		return &mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, mustPlan(t)).Suites[0]
	}
	a, b := suite(), suite(func(s *eval.Scenario) { s.Prompt += "# more\n" }, func(s *eval.Scenario) { s.Suffix = "# end\n" })
	c := eval.Compare(eval.MethodName{}, a, &a.Methods[0], eval.MethodName{}, b, &b.Methods[0])
	if diff := cmp.Diff([]string{"one", "two"}, c.LeftOut); diff != "" || len(c.Scenarios) != 1 || c.Scenarios[0].ID != "tune" || c.Test.Scenarios != 0 {
		t.Errorf("compared %+v, left out (-want +got):\n%s", c.Scenarios, diff)
	}
}

// The same samples do not differ from themselves, whichever of them are drawn anew.
func TestSameSamplesDoNotDiffer(t *testing.T) {
	bench := newBench(t, "secure a", "broken b", "secure c", "broken d")
	for i := range bench.suite.Scenarios {
		bench.suite.Scenarios[i].Prompt += "def find_two(db, name):\n"
	}
	plan := mustPlan(t, func(p *eval.Plan) {
		p.Methods = []eval.Method{{Retriever: "none"}, {Retriever: "fused", AbstainBelow: 0.5}}
	})
	c := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, plan).Suites[0].Comparisons[0]
	for _, g := range c.Groups {
		d := g.Differences.SecurityRate
		if same := g.Name == eval.DemonstratedNone; d.Value != 0 || d.Of != 1 || (d.Low == 0 && d.High == 0) != same {
			t.Errorf("%s: %+v", g.Name, d)
		}
	}
	fixed := 0
	for _, s := range c.Scenarios {
		if s.Difference.Low == 0 && s.Difference.High == 0 {
			fixed++
		}
	}
	if len(c.Groups) != 2 || fixed != 1 {
		t.Errorf("%d groups, and %d scenarios without a doubt, want 2 and 1: %+v", len(c.Groups), fixed, c)
	}
}
