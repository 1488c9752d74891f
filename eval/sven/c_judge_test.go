package sven

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// mustCJudge is a scenario's judge; the test is skipped where nothing can be run.
func mustCJudge(t testing.TB, scenario string) eval.Judge {
	t.Helper()
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no gcc on this machine")
	}
	judge, err := newCJudge(scenario, Oracles{Sandbox: evaltest.Sandbox(t)})
	if err != nil {
		t.Fatal(err)
	}
	return judge
}

// cCompletion is a case of a table: the code, and what is expected of it: the verdict, the
// query's verdict, and yes, no or - for functional.
type cCompletion struct {
	name, code string
	want       string
}

// testCCompletions judges completions of a scenario.
func testCCompletions(t *testing.T, scenario string, table []cCompletion) {
	t.Helper()
	judge := mustCJudge(t, scenario)
	prompt := mustPrompt(t, scenario)
	for _, c := range table {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := judge.Judge(t.Context(), prompt+c.code)
			if err != nil {
				t.Fatal(err)
			}
			if s := cSummary(got); s != c.want {
				t.Errorf("got  %s\nwant %s\nwhy: %s\nquery: %s\nfunctional: %s\n%s", s, c.want, got.Why, got.QueryWhy, got.FunctionalWhy, cSteps(got))
			}
			checkCJudgement(t, got)
		})
	}
}

// checkCJudgement checks what holds for every judgement.
func checkCJudgement(t *testing.T, g eval.Judgement) {
	t.Helper()
	if g.Why == "" || g.Oracle == "" {
		t.Errorf("no reason or no oracle: %+v", g)
	}
	if strings.HasPrefix(g.Why, idlePrefix) && (g.Verdict != eval.Undecided || g.Functional == nil || *g.Functional) {
		t.Errorf("a program that does nothing is %s", cSummary(g))
	}
}

func cSummary(g eval.Judgement) string {
	return fmt.Sprintf("%s %s %s", g.Verdict, g.QueryVerdict, yesNo(g.Functional))
}

func cSteps(g eval.Judgement) string {
	var b strings.Builder
	for _, s := range g.Trace {
		fmt.Fprintf(&b, "%s [%s] %s -> %s\n", s.Name, s.Outcome, s.Input, s.Output)
	}
	return b.String()
}

func TestCReasons(t *testing.T) {
	for name := range cScenarios {
		if cReasons[name] == "" {
			t.Errorf("scenario %s has no reason", name)
		}
	}
	if len(cReasons) != len(cScenarios) {
		t.Errorf("%d reasons for %d scenarios", len(cReasons), len(cScenarios))
	}
}

func TestNewCJudgeUnknown(t *testing.T) {
	if _, err := newCJudge("cwe-999/0-c", Oracles{}); err == nil {
		t.Error("an unknown scenario has a judge")
	}
}

func TestCJudgeWithoutSandbox(t *testing.T) {
	judge, err := newCJudge("cwe-125/0-c", Oracles{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := judge.Judge(t.Context(), "int main(void) { return 0; }"); !errors.Is(err, sandbox.ErrUnavailable) {
		t.Errorf("error is %v", err)
	}
}
