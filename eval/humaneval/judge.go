package humaneval

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
)

// A judge runs a program with the tests of its task.
type judge struct {
	tests   string
	options Options
}

// Judge implements eval.Judge.
func (j *judge) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	dir, err := os.MkdirTemp("", "seccoder-humaneval-")
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("run tests: %w", err)
	}
	defer os.RemoveAll(dir)
	nonce := rand.Text()
	program := source + "\n" + j.tests + "\nimport os as _os\n_os.write(1, b\"\\n" + nonce + "\\n\")\n"
	if err := os.WriteFile(filepath.Join(dir, "main.py"), []byte(program), 0o644); err != nil {
		return eval.Judgement{}, fmt.Errorf("run tests: %w", err)
	}
	limits := j.options.Limits
	if limits == (sandbox.Limits{}) {
		limits = sandbox.Limits{CPU: 5 * time.Second, Wall: 10 * time.Second}
	}
	result, err := j.options.Sandbox.Run(ctx, sandbox.Command{
		Args: []string{j.options.Python.Python, "-I", "-B", "main.py"}, Dir: dir, ReadOnly: j.options.Python.ReadOnly, Limits: limits,
	})
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("run tests: %w", err)
	}
	return judgement(result, nonce), nil
}

func judgement(r sandbox.Result, nonce string) eval.Judgement {
	passed := r.ExitCode == 0 && bytes.Contains(r.Stdout, []byte("\n"+nonce+"\n"))
	j := eval.Judgement{Functional: &passed, Oracle: "dynamic/humaneval"}
	step := eval.Step{Name: "functional: the task's tests", Outcome: "ok", Output: shortened(r)}
	switch last := lastLine(r.Stderr); {
	case passed:
		j.FunctionalWhy = "all tests passed"
	case r.Exceeded != "":
		step.Outcome = "timeout"
		j.FunctionalWhy = "the tests did not end: the program passed its limit on " + r.Exceeded
	case r.Signal != "":
		step.Outcome = "crashed"
		j.FunctionalWhy = "the program was ended by " + r.Signal
	case r.ExitCode == 0:
		step.Outcome = "not reached"
		j.FunctionalWhy = "the program ended with status 0 before its tests did"
	case doesNotParse(r.Stderr):
		step.Outcome = "failed"
		j.Verdict, j.Oracle = eval.Invalid, "validity/python"
		j.FunctionalWhy = "Python cannot parse the program: " + last
	default:
		step.Outcome = "failed"
		j.FunctionalWhy = fmt.Sprintf("the tests ended with status %d: %s", r.ExitCode, last)
	}
	j.Why = j.FunctionalWhy
	j.Trace = []eval.Step{step}
	return j
}

// doesNotParse tells an error in the program's own text from one that the program raised:
// only the former has no traceback before it.
func doesNotParse(stderr []byte) bool {
	last := lastLine(stderr)
	for _, name := range []string{"SyntaxError: ", "IndentationError: ", "TabError: "} {
		if strings.HasPrefix(last, name) {
			return !bytes.HasPrefix(stderr, []byte("Traceback "))
		}
	}
	return false
}

func lastLine(output []byte) string {
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(output), "\uFFFD")), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if last == "" {
		return "it said nothing"
	}
	return cut(last, 300)
}

// shortened is the output's end, for the trace.
func shortened(r sandbox.Result) string {
	all := strings.ToValidUTF8(string(r.Stdout)+string(r.Stderr), "\uFFFD")
	if len(all) > 2000 {
		all = "…" + strings.ToValidUTF8(all[len(all)-2000:], "")
	}
	return strings.TrimSpace(all)
}

func cut(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return strings.ToValidUTF8(text[:length], "") + "…"
}
