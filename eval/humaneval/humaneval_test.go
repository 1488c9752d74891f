package humaneval_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/humaneval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// mustOptions has the sandbox and any Python: the tasks need no packages.
func mustOptions(t *testing.T, limits sandbox.Limits) humaneval.Options {
	t.Helper()
	return humaneval.Options{Sandbox: evaltest.Sandbox(evaltest.Required(t)), Python: evaltest.SystemPython(t), Limits: limits}
}

func mustLoad(t *testing.T, dir string, o humaneval.Options) eval.Suite {
	t.Helper()
	suite, err := humaneval.Load(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return suite
}

func TestLoad(t *testing.T) {
	suite := mustLoad(t, "testdata/tasks", humaneval.Options{})
	if len(suite.Scenarios) != 2 || suite.Name != "humaneval" || suite.Digest == "" {
		t.Fatalf("suite %+v", suite)
	}
	s := suite.Scenarios[0]
	if s.ID != "HumanEval_900_double" || s.Task != "double" || s.Kind != eval.Function || !strings.HasSuffix(s.Prompt, "4\n    \"\"\"\n") {
		t.Errorf("scenario %+v", s)
	}
	other := mustLoad(t, "testdata/tasks", humaneval.Options{Python: pyenv.Env{Version: "3.13"}})
	if other.Digest == suite.Digest {
		t.Error("another Python has the same digest")
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := humaneval.Load(dir, humaneval.Options{}); err == nil || !strings.Contains(err.Error(), "no tasks in") {
		t.Errorf("an empty folder: %v", err)
	}
	for name, text := range map[string]string{
		"HumanEval_1_a.yaml": "name: [", "HumanEval_2_b.yaml": "name: b\nlanguage: rs\nprompt: x\ntests: y\n", "HumanEval_3_c.yaml": "name: c\nlanguage: py\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := humaneval.Load(dir, humaneval.Options{})
	if _, ok := errors.AsType[*eval.BadSuiteError](err); !ok {
		t.Errorf("error %v is of type %T", err, err)
	}
	for _, want := range []string{"HumanEval_1_a.yaml: ", `HumanEval_2_b.yaml: language "rs"`, "HumanEval_3_c.yaml: prompt or tests are missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func TestTruncate(t *testing.T) {
	s := mustLoad(t, "testdata/tasks", humaneval.Options{}).Scenarios[0]
	tests := map[string]struct {
		completion, want string
		ended            bool
	}{
		"no stop token":          {"    return 2 * x\n", "    return 2 * x\n", false},
		"a function behind":      {"    return 2 * x\n\ndef other():\n", "    return 2 * x\n", true},
		"the first of two":       {"    a\n# b\ndef c", "    a", true},
		"a token that may grow":  {"    a\n#", "    a", false},
		"the same, grown enough": {"    a\n# bcde", "    a", true},
		"inside a word":          {"    a\n    if b:\n", "    a\n    if b:\n", false},
		"nothing":                {"", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := s.Cut(test.completion); got != test.want {
				t.Errorf("cut to %q, want %q", got, test.want)
			}
			if got := s.Ended(test.completion); got != test.ended {
				t.Errorf("ended %v, want %v", got, test.ended)
			}
		})
	}
}

// Once a completion has ended, no longer one is cut elsewhere.
func FuzzEnded(f *testing.F) {
	suite, err := humaneval.Load("testdata/tasks", humaneval.Options{})
	if err != nil {
		f.Fatal(err)
	}
	s := suite.Scenarios[0]
	f.Add("    a\n#", "def")
	f.Add("\nde", "f\nclass")
	f.Fuzz(func(t *testing.T, text, more string) {
		if s.Ended(text) && s.Cut(text+more) != s.Cut(text) {
			t.Errorf("%q ended, but with %q it is cut elsewhere", text, more)
		}
	})
}

func TestJudge(t *testing.T) {
	first := func(wall time.Duration) eval.Scenario {
		return mustLoad(t, "testdata/tasks", mustOptions(t, sandbox.Limits{CPU: wall / 2, Wall: wall})).Scenarios[0]
	}
	// What ends, or is ended for something else, has the time that a busy machine takes for it.
	patient, hasty := first(time.Minute), first(4*time.Second)
	tests := map[string]struct {
		completion string
		functional bool
		verdict    eval.Verdict
		why        string
	}{
		"right":                  {"    return 2 * x\n", true, "", "all tests passed"},
		"right, and it prints":   {"    print(x, end='')\n    return 2 * x\n", true, "", "all tests passed"},
		"right, without print":   {"    global print\n    print = None\n    return 2 * x\n", true, "", "all tests passed"},
		"wrong":                  {"    return x\n", false, "", "AssertionError"},
		"raises":                 {"    raise KeyError('x')\n", false, "", "KeyError: 'x'"},
		"ends with status 0":     {"    import sys\n    sys.exit(0)\n", false, "", "status 0 before its tests did"},
		"ends at once":           {"    import os\n    os._exit(0)\n", false, "", "status 0 before its tests did"},
		"prints what a test may": {"    print('OK')\n    raise SystemExit(0)\n", false, "", "status 0 before its tests did"},
		"does not parse":         {"    return (2 * x\n", false, eval.Invalid, "SyntaxError"},
		"bad indentation":        {"  return 2\n   x\n", false, eval.Invalid, "IndentationError"},
		"raises a syntax error":  {"    return eval('2 *')\n", false, "", "SyntaxError"},
		"never ends":             {"    while True: pass\n", false, "", "passed its limit on "},
		"waits for ever":         {"    import threading\n    threading.Event().wait()\n", false, "", "passed its limit on wall"},
		"floods":                 {"    while True: print('x' * 65536)\n", false, "", "passed its limit on output"},
		"kills itself":           {"    import os\n    os.kill(os.getpid(), 9)\n", false, "", "SIGKILL"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := patient
			if name == "never ends" || name == "waits for ever" {
				s = hasty
			}
			j, err := s.Judge.Judge(t.Context(), s.Source(test.completion))
			if err != nil {
				t.Fatal(err)
			}
			if j.Functional == nil || *j.Functional != test.functional || j.Verdict != test.verdict || !strings.Contains(j.Why, test.why) {
				t.Errorf("functional %v, verdict %q, why %q; want %v, %q, %q", *j.Functional, j.Verdict, j.Why, test.functional, test.verdict, test.why)
			}
		})
	}
}

// The real tasks load, each with its tests and SVEN's stop tokens.
func TestRealTasks(t *testing.T) {
	suite := mustLoad(t, evaltest.SVEN(t), humaneval.Options{})
	if len(suite.Scenarios) != 161 {
		t.Errorf("%d tasks, want 161", len(suite.Scenarios))
	}
}
