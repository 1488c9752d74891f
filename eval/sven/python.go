package sven

import (
	"bytes"
	"context"
	"crypto/rand"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/scratch"
)

// pythonHarness is the program that judges a Python program from within the sandbox: it runs it
// against the exploits, and analyses it. See python/main.py.
//
//go:embed python/*.py
var pythonHarness embed.FS

// pythonLimits bound a whole judgement. The harness bounds the runs of the program within
// far closer, by their processor time; the wall clock's bound is wide, since a busy machine is no reason to
// call a program slow.
var pythonLimits = sandbox.Limits{
	Wall: time.Minute, CPU: 20 * time.Second, MemoryBytes: 1 << 30, DiskBytes: 64 << 20,
	OutputBytes: 4 << 20, Processes: 64, OpenFiles: 256,
}

// pythonJudge judges programs of one of SVEN's Python scenarios.
type pythonJudge struct {
	scenario string
	o        Oracles
}

// newPythonJudge returns the judge of a Python scenario ("cwe-022/0-py").
func newPythonJudge(scenario string, o Oracles) (eval.Judge, error) {
	if _, ok := pythonReasons[scenario]; !ok {
		return nil, fmt.Errorf("no oracle for the Python scenario %s", scenario)
	}
	return pythonJudge{scenario, o}, nil
}

// Judge runs the harness once. Should the program manage to end the harness, a second run goes without
// running the program: the static oracle then decides.
func (j pythonJudge) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	if j.o.Sandbox == nil || j.o.Python.Python == "" {
		return eval.Judgement{}, fmt.Errorf("judge %s: it needs a sandbox and a Python environment", j.scenario)
	}
	judgement, why, err := j.run(ctx, source, false)
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.scenario, err)
	}
	if why == "" {
		return judgement, nil
	}
	judgement, again, err := j.run(ctx, source, true)
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.scenario, err)
	}
	if again != "" {
		return eval.Judgement{}, fmt.Errorf("judge %s: the harness does not work in this environment: %s", j.scenario, again)
	}
	judgement.Trace = append([]eval.Step{{Name: "run", Output: why, Outcome: "crashed"}}, judgement.Trace...)
	return judgement, nil
}

// run runs the harness in a folder of its own. why says why there is no judgement, if there is none.
func (j pythonJudge) run(ctx context.Context, source string, staticOnly bool) (judgement eval.Judgement, why string, err error) {
	dir, err := os.MkdirTemp("", "seccoder-judge-*")
	if err != nil {
		return judgement, "", err
	}
	defer scratch.RemoveAll(dir)
	if err := j.furnish(dir, source, staticOnly); err != nil {
		return judgement, "", err
	}
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return judgement, "", err
	}
	mark := hex.EncodeToString(nonce)
	result, err := j.o.Sandbox.Run(ctx, sandbox.Command{
		Args:     []string{j.o.Python.Python, "-I", "-B", "-c", "import sys; sys.path.insert(0, '/sandbox/harness'); from oracle import main; main.run()"},
		Dir:      dir,
		Stdin:    []byte(mark + "\n"),
		ReadOnly: j.o.Python.ReadOnly,
		Limits:   pythonLimits,
	})
	if err != nil {
		return judgement, "", err
	}
	judgement, err = readJudgement(result.Stdout, mark, j.scenario)
	if err != nil {
		return judgement, fmt.Sprintf("%v (exit %d %s%s): %s", err, result.ExitCode, result.Signal, result.Exceeded, tail(result.Stderr, 600)), nil
	}
	return judgement, "", nil
}

// furnish writes the harness, the program and the job into the sandbox's folder.
func (j pythonJudge) furnish(dir, source string, staticOnly bool) error {
	target := filepath.Join(dir, "harness", "oracle")
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	names, err := fs.Glob(pythonHarness, "python/*.py")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := pythonHarness.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(target, path.Base(name)), data, 0o644); err != nil {
			return err
		}
	}
	job, err := json.Marshal(map[string]any{"scenario": j.scenario, "static_only": staticOnly})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "job.json"), job, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "program.py"), []byte(source), 0o644)
}

// readJudgement finds the harness's line, which begins with the mark that the program cannot know.
func readJudgement(output []byte, mark, scenario string) (eval.Judgement, error) {
	var j eval.Judgement
	for line := range bytes.Lines(output) {
		text, ok := bytes.CutPrefix(line, []byte(mark+" "))
		if !ok {
			continue
		}
		if err := json.Unmarshal(text, &j); err != nil {
			return j, fmt.Errorf("the harness's answer: %w", err)
		}
		j.Oracle += "/" + scenario
		return j, nil
	}
	return j, errors.New("the harness gave no answer")
}

func tail(text []byte, most int) string {
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return string(bytes.ToValidUTF8(bytes.TrimSpace(text), []byte("?")))
}
