package cweval

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/scratch"
	"github.com/seccoder/seccoder/lang"
)

// judge decides about the programs of one task.
type judge struct {
	task    task
	machine *machine
}

// testLimits bound a test file with its program: run.py gives each test some seconds on the
// clock and stops after two that did not end.
var testLimits = sandbox.Limits{
	Wall: 90 * time.Second, CPU: 75 * time.Second, MemoryBytes: 2 << 30, DiskBytes: 128 << 20, Processes: 128, OpenFiles: 512,
}

// loadLimits bound a test file that is only loaded: there is to be time for it in a judgement
// that has run the program.
var loadLimits = sandbox.Limits{
	Wall: 20 * time.Second, CPU: 20 * time.Second, MemoryBytes: 2 << 30, DiskBytes: 128 << 20, Processes: 128, OpenFiles: 512,
}

// pytestConfig says which marks there are.
const pytestConfig = "[pytest]\nmarkers =\n    functionality: what the program has to do\n    security: what it must not let happen\n"

// Judge implements eval.Judge.
func (j judge) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	judgement, err := j.judge(ctx, source)
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.task.id, err)
	}
	return judgement, nil
}

func (j judge) judge(ctx context.Context, source string) (eval.Judgement, error) {
	dir, err := os.MkdirTemp("", "seccoder-cweval-")
	if err != nil {
		return eval.Judgement{}, err
	}
	defer scratch.RemoveAll(dir)
	b, err := j.build(ctx, dir, source)
	switch {
	case err != nil:
		return eval.Judgement{}, err
	case b.invalid != "":
		return j.invalid(b.invalid), nil
	case b.mismatch != "":
		return notRun("It compiles, but not together with the authors' entry point: "+b.mismatch, ""), nil
	}
	t, err := j.run(ctx, dir, testLimits)
	if err != nil {
		return eval.Judgement{}, err
	}
	if t.invalid != "" {
		return j.invalid(t.invalid), nil
	}
	judgement := t.decide()
	if len(t.results) == 0 && !t.exceeded {
		return j.blamesTest(ctx, judgement)
	}
	return judgement, nil
}

// run runs the authors' tests, with options for run.py.
func (j judge) run(ctx context.Context, dir string, limits sandbox.Limits, options ...string) (transcript, error) {
	harness, err := sources.ReadFile("run.py")
	if err != nil {
		return transcript{}, err
	}
	if err := lay(dir, map[string]string{"run.py": string(harness), "pytest.ini": pytestConfig}); err != nil {
		return transcript{}, err
	}
	folder := path.Join("/sandbox/benchmark", j.task.folder)
	c := sandbox.Command{
		Args: append([]string{j.machine.Python.Python, "-B", "/sandbox/run.py", path.Join(folder, j.task.name+"_task"+j.task.ending), path.Join(folder, j.task.name+"_test.py")}, options...),
		Dir:  dir, ReadOnly: append([]string{}, j.machine.Python.ReadOnly...), Limits: limits, Env: []string{"PYTHONHASHSEED=0"},
	}
	if j.task.language == lang.JavaScript {
		c.Env, c.ReadOnly = append(c.Env, j.machine.nodeEnv()...), append(c.ReadOnly, j.machine.npm...)
	}
	for _, tool := range j.task.tools {
		from := filepath.Join(j.machine.dir, filepath.FromSlash(tool))
		c.ReadOnly = append(c.ReadOnly, from)
		if err := os.MkdirAll(filepath.Join(dir, path.Dir(tool)), 0o755); err != nil {
			return transcript{}, err
		}
		if err := os.Symlink(from, filepath.Join(dir, filepath.FromSlash(tool))); err != nil {
			return transcript{}, err
		}
	}
	nonce := rand.Text()
	c.Stdin = []byte(nonce + "\n")
	r, err := j.machine.Sandbox.Run(ctx, c)
	if err != nil {
		return transcript{}, err
	}
	t := parse(r, nonce)
	if !t.started && r.Exceeded == "" && j.task.language != lang.Python {
		// Nothing of the program has run: it is this machine that does not work.
		return transcript{}, fmt.Errorf("the tests did not start (exit status %d): %s", r.ExitCode, lastLines(r.Stderr))
	}
	return t, nil
}

func (j judge) invalid(why string) eval.Judgement {
	no := false
	why = "It does not compile: " + why
	return eval.Judgement{
		Verdict: eval.Invalid, Functional: &no, Why: why, FunctionalWhy: why, Oracle: "validity/" + string(j.task.language),
		Trace: []eval.Step{{Name: "compile", Output: why, Outcome: "failed"}},
	}
}

// notRun is the judgement of a program that the tests cannot be run with. output is what
// why was taken from, where that is longer.
func notRun(why, output string) eval.Judgement {
	no := false
	return eval.Judgement{
		Verdict: eval.Undecided, Functional: &no, Why: why, FunctionalWhy: why, Oracle: oracle,
		Trace: []eval.Step{{Name: "start the tests", Output: or(output, why), Outcome: "not reached"}},
	}
}

// blamesTest gives a judgement after which no test was run its last word: where the authors'
// own solution gets no further, it is their test that does not work, and says nothing about
// the program.
func (j judge) blamesTest(ctx context.Context, judgement eval.Judgement) (eval.Judgement, error) {
	t, err := j.loadsReference(ctx)
	if err != nil || t.invalid != "" || t.exceeded || len(t.results) > 0 {
		return judgement, err
	}
	why := fmt.Sprintf("The test %s does not work here, with the authors' own solution either: %s", j.task.name+"_test.py", t.cut)
	judgement.Functional, judgement.Why, judgement.FunctionalWhy = nil, why, why
	judgement.Trace[0].Output = or(t.traceback, why)
	return judgement, nil
}

// A reference is what came of loading a task's tests with the authors' solution. It is asked
// for once, and only for programs that no test was run of.
type reference struct {
	mu    sync.Mutex
	asked bool
	transcript
}

// loadsReference loads the task's tests with the authors' solution, and runs none.
func (j judge) loadsReference(ctx context.Context) (transcript, error) {
	kept, _ := j.machine.references.LoadOrStore(j.task.id, &reference{})
	r := kept.(*reference)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked {
		return r.transcript, nil
	}
	dir, err := os.MkdirTemp("", "seccoder-cweval-")
	if err != nil {
		return transcript{}, err
	}
	defer scratch.RemoveAll(dir)
	b, err := j.build(ctx, dir, j.task.reference)
	if err != nil {
		return transcript{}, err
	}
	t := transcript{invalid: b.invalid + b.mismatch}
	if t.invalid == "" {
		if t, err = j.run(ctx, dir, loadLimits, "--collect-only"); err != nil {
			return transcript{}, err
		}
	}
	r.asked, r.transcript = true, t
	return t, nil
}

// oracle is what judgements name.
const oracle = "dynamic/cweval"
