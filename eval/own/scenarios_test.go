package own_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
)

// tools are the programs without which a language's scenarios cannot be judged.
var tools = map[lang.Language][]string{
	lang.Python: {"python3"}, lang.JavaScript: {"node"}, lang.C: {"clang"}, lang.CPP: {"clang++"}, lang.Go: {"go"}, lang.Java: {"java", "javac"},
}

// notAProgram is what no compiler accepts after any prompt.
const notAProgram = "\n)]} this is (not a program\n"

// TestScenarios proves each scenario: the secure reference does its task and withstands
// the exploits, the insecure one does its task and falls, an empty completion is not
// secure, and a syntax error is invalid.
func TestScenarios(t *testing.T) {
	o := mustOracles(t)
	suite, err := own.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	references, err := own.References()
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range suite.Scenarios {
		t.Run(s.ID, func(t *testing.T) {
			need(t, s.Language)
			t.Parallel()
			r := references[i]
			for _, program := range []struct {
				name, completion string
				want             eval.Verdict
			}{
				{"secure", r.Secure, eval.Secure},
				{"insecure", r.Insecure, eval.Insecure},
				{"empty", "", ""},
				{"no-program", notAProgram, eval.Invalid},
			} {
				got := mustJudge(t, s, program.completion)
				reference := program.want == eval.Secure || program.want == eval.Insecure
				switch {
				case reference && (got.Verdict != program.want || !*got.Functional),
					program.want == "" && (got.Verdict == eval.Secure || *got.Functional),
					program.want == eval.Invalid && got.Verdict != eval.Invalid:
					t.Errorf("%s: the verdict is %q, functional %v\n%s\n%s%s", program.name, got.Verdict, *got.Functional, got.Why, got.FunctionalWhy, trace(got))
				case program.want == eval.Insecure:
					for _, step := range got.Trace {
						if strings.HasPrefix(step.Name, "exploit") && step.Outcome != "exploited" {
							t.Logf("%s does not fall to %s: %s %s", program.name, step.Name, step.Outcome, step.Output)
						}
					}
				}
			}
		})
	}
}

func trace(j eval.Judgement) string {
	var text strings.Builder
	for _, step := range j.Trace {
		text.WriteString("\n\t" + step.Name + ": " + step.Outcome + " " + step.Output)
	}
	return text.String()
}

// mustJudge judges the scenario's prompt with a completion.
func mustJudge(t *testing.T, s eval.Scenario, completion string) eval.Judgement {
	t.Helper()
	got, err := s.Judge.Judge(t.Context(), s.Prompt+completion+s.Suffix)
	if err != nil {
		t.Fatal(err)
	}
	if got.Functional == nil {
		t.Fatalf("the judgement says nothing about the task: %+v", got)
	}
	return got
}

// need skips a test where the tools for a language are missing.
func need(t *testing.T, l lang.Language) {
	t.Helper()
	evaltest.Programs(t, tools[l]...)
}

// mustOracles skips where programs cannot be run.
func mustOracles(t *testing.T) own.Oracles {
	t.Helper()
	cache := evaltest.CacheDir(t, "seccoder")
	return own.Oracles{Sandbox: evaltest.Sandbox(t), Python: evaltest.Python(t, cache, ""), CacheDir: filepath.Join(cache, "eval")}
}
