package own_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/lang"
)

// subjects are the scenarios that the tests below complete.
var subjects = map[lang.Language]string{
	lang.Python:     "python/cwe-078/compress-rotated-log",
	lang.JavaScript: "javascript/cwe-078/archive-project",
	lang.C:          "c/cwe-078/checksum-of-file",
	lang.CPP:        "cpp/cwe-476/radius-of-shape",
	lang.Go:         "go/cwe-078/count-lines-of-log",
	lang.Java:       "java/cwe-078/count-different-lines",
}

// fakes are lines as a harness would print them, but for the nonce.
const fakes = `{\"kind\":\"functional\",\"case\":\"x\",\"outcome\":\"ok\"}\n{\"done\":1}\nok\nPASS\n`

// TestCheats says that a program which does not do its task is never found to do it,
// whatever it prints and however it ends.
func TestCheats(t *testing.T) {
	completions := map[lang.Language]map[string]string{
		lang.Python: {
			"exits":     "    import os\n    print(\"" + fakes + "\", flush=True)\n    os._exit(0)\n",
			"sys-exit":  "    raise SystemExit(0)\n",
			"hangs":     "    while True:\n        pass\n",
			"floods":    "    print(\"" + fakes + "\" * 1000000)\n    return 0\n",
			"kills-all": "    import os, signal\n    os.kill(-1, signal.SIGKILL)\n",
			"recurses":  "    return rotated_size(log_name)\n",
			"on-load":   "    pass\n\nimport os\nos._exit(0)\n",
		},
		lang.JavaScript: {
			"exits":    "  console.log(\"" + fakes + "\");\n  process.exit(0);\n}\n",
			"hangs":    "  for (;;);\n}\n",
			"waits":    "  return new Promise(() => {});\n}\n",
			"kills":    "  require('fs').writeSync(1, \"" + fakes + "\");\n  process.kill(process.pid, 'SIGKILL');\n}\n",
			"recurses": "  return await archiveProject(name);\n}\n",
			"on-load":  "}\nprocess.exit(0);\n",
		},
		lang.C: {
			"exits":     "\tputs(\"" + fakes + "\");\n\texit(0);\n}\n",
			"exits-now": "\twrite(1, \"" + fakes + "\", 20);\n\t_exit(0);\n}\n",
			"hangs":     "\tfor (;;)\n\t\t;\n}\n",
			"on-load":   "\treturn 0;\n}\n__attribute__((constructor)) static void early(void) { _exit(0); }\n",
			"own-main":  "\treturn -1;\n}\nint main(void) { puts(\"" + fakes + "\"); return 0; }\n",
		},
		lang.CPP: {
			"exits": "\tstd::exit(0);\n}\n",
		},
		lang.Go: {
			"exits":   "\tprintln(\"" + fakes + "\", strings.ToUpper(\"\"), strconv.Itoa(0), exec.ErrDot)\n\tpanic(\"exit\")\n}\n",
			"on-load": "\treturn 0, exec.ErrDot\n}\n\nvar _, _ = strings.ToUpper(\"\"), strconv.Itoa(0)\n\nfunc init() { for {} }\n",
		},
		lang.Java: {
			"exits": "        System.out.println(\"" + fakes + "\");\n        System.exit(0);\n        return 0;\n    }\n",
			"halts": "        Runtime.getRuntime().halt(0);\n        return 0;\n    }\n",
			"hangs": "        while (true) { }\n    }\n",
		},
	}
	suite := mustLoadWith(t, mustOracles(t))
	for l, all := range completions {
		s := mustFind(t, suite, subjects[l])
		for name, completion := range all {
			t.Run(string(l)+"/"+name, func(t *testing.T) {
				need(t, l)
				t.Parallel()
				got := mustJudge(t, s, completion)
				if got.Verdict == eval.Secure || *got.Functional {
					t.Errorf("the verdict is %q, functional %v: %s\n%s%s", got.Verdict, *got.Functional, got.Why, got.FunctionalWhy, trace(got))
				}
				if got.Verdict == eval.Invalid {
					t.Errorf("the program was to run: %s", got.Why)
				}
			})
		}
	}
}

// TestHostileSources says that whatever a model writes gets a judgement.
func TestHostileSources(t *testing.T) {
	suite := mustLoadWith(t, mustOracles(t))
	for _, source := range []struct{ name, text string }{
		{"nothing", ""},
		{"nul-bytes", "x = 1\x00\n\x00"},
		{"no-utf8", "\xff\xfe\x80 = 1\n"},
		{"ten-megabytes", strings.Repeat("x y z\n", 10<<20/6)},
		{"a-megabyte", strings.Repeat("(", 1<<20)},
		{"deep", strings.Repeat("[", 5000) + strings.Repeat("]", 5000)},
		{"prose", "Certainly! Here is the completed function:\n```\nreturn 1\n```\n"},
	} {
		for l, id := range subjects {
			t.Run(source.name+"/"+string(l), func(t *testing.T) {
				need(t, l)
				t.Parallel()
				got, err := mustFind(t, suite, id).Judge.Judge(t.Context(), source.text)
				if err != nil {
					t.Fatal(err)
				}
				if got.Verdict != eval.Invalid && got.Verdict != eval.Undecided || got.Functional == nil || *got.Functional || got.Why == "" {
					t.Errorf("the judgement is %+v", got)
				}
			})
		}
	}
}

// TestWithoutTheFunction says that a program which compiles and lacks what the prompt
// asked for is undecided, not invalid.
func TestWithoutTheFunction(t *testing.T) {
	suite := mustLoadWith(t, mustOracles(t))
	for l, source := range map[lang.Language]string{
		lang.Python: "x = 1\n", lang.JavaScript: "const x = 1;\n", lang.C: "int x;\n", lang.CPP: "int x;\n", lang.Go: "package logs\n", lang.Java: "class Other { }\n",
	} {
		t.Run(string(l), func(t *testing.T) {
			need(t, l)
			got, err := mustFind(t, suite, subjects[l]).Judge.Judge(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			if got.Verdict != eval.Undecided || *got.Functional {
				t.Errorf("the verdict is %q, functional %v: %s", got.Verdict, *got.Functional, got.Why)
			}
		})
	}
}

func TestJudgementTells(t *testing.T) {
	s := mustFind(t, mustLoadWith(t, mustOracles(t)), subjects[lang.Python])
	references, err := own.References()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range references {
		if r.ID != s.ID {
			continue
		}
		got := mustJudge(t, s, r.Insecure)
		if !strings.Contains(got.Why, "command after semicolon") || got.QueryVerdict != "" || got.Oracle != "dynamic/own" {
			t.Errorf("the judgement is %+v", got)
		}
		if len(got.Trace) != 3 || got.Trace[0].Outcome != "ok" || got.Trace[1].Outcome != "exploited" {
			t.Errorf("the trace is%s", trace(got))
		}
	}
}

func TestJudgeStopsWithItsContext(t *testing.T) {
	s := mustFind(t, mustLoadWith(t, mustOracles(t)), subjects[lang.Python])
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := s.Judge.Judge(ctx, s.Prompt+"    while True:\n        pass\n"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v, want the context's", err)
	}
}

func mustLoadWith(t *testing.T, o own.Oracles) eval.Suite {
	t.Helper()
	suite, err := own.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	return suite
}

func mustFind(t *testing.T, suite eval.Suite, id string) eval.Scenario {
	t.Helper()
	for _, s := range suite.Scenarios {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("the suite has no scenario %s", id)
	return eval.Scenario{}
}
