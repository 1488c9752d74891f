package codeguard

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/scratch"
)

// limits bound a test with the program. A test gives a program some seconds on the clock
// itself.
var limits = sandbox.Limits{Wall: 60 * time.Second, CPU: 30 * time.Second, MemoryBytes: 1 << 30, Processes: 64}

// test is a scenario's test of its function: the authors' files, by their names in the
// repository.
type test struct {
	id, ending string
	files      map[string]string
}

// maxTest bounds the files of one test together; theirs have some kilobytes.
const maxTest = 4 << 20

// readTest reads the folder of a scenario's test.
func readTest(dir, id, ending, shared string) (test, error) {
	t := test{id: id, ending: ending, files: map[string]string{"unit_test/test_utils.py": shared}}
	root := "unit_test/" + id
	size := 0
	err := fs.WalkDir(os.DirFS(dir), root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.Contains(name, "__pycache__") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if size += len(data); size > maxTest {
			return fmt.Errorf("the files of the test have more than %d bytes", maxTest)
		}
		t.files[name] = string(data)
		return err
	})
	name := root + "/functional.py"
	if _, ok := t.files[name]; !ok && (err == nil || errors.Is(err, fs.ErrNotExist)) {
		return t, wrong(dir, name, 0, missing{fs.ErrNotExist})
	}
	if err != nil {
		return t, wrong(dir, root, 0, err)
	}
	return t, nil
}

func (t test) sum() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		fmt.Fprintf(h, "%s\x00%d\x00%s", name, len(t.files[name]), t.files[name])
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// judge decides about the programs of one scenario.
type judge struct {
	test    test
	static  eval.Judge
	sandbox *sandbox.Sandbox
	python  pyenv.Env
}

// Judge implements eval.Judge: the checkers decide about security, the authors' test
// about the function.
func (j judge) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	judgement, err := j.static.Judge(ctx, source)
	if err != nil || judgement.Verdict == eval.Invalid {
		return judgement, err
	}
	r, err := j.run(ctx, source)
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.test.id, err)
	}
	judgement.Functional, judgement.FunctionalWhy = r.Functional, r.Why
	step := eval.Step{Name: "functional: unit_test/" + j.test.id + "/functional.py", Output: r.Why, Outcome: "not reached"}
	if r.Functional != nil {
		step.Outcome = map[bool]string{true: "ok", false: "failed"}[*r.Functional]
	}
	judgement.Trace = append([]eval.Step{step}, judgement.Trace...)
	return judgement, nil
}

// result is what run.py says.
type result struct {
	Functional *bool  `json:"functional"`
	Why        string `json:"why"`
}

// run runs the authors' test as their correctness_eval.py does: over a folder of programs,
// which holds this one, with the file beside it into which the test writes.
func (j judge) run(ctx context.Context, source string) (result, error) {
	switch {
	case j.sandbox == nil:
		return result{}, sandbox.ErrUnavailable
	case j.python.Python == "":
		return result{}, errors.New("no Python environment was given; make one with pyenv.Ensure")
	}
	dir, err := os.MkdirTemp("", "seccoder-codeguard-")
	if err != nil {
		return result{}, err
	}
	defer scratch.RemoveAll(dir)
	harness, err := sources.ReadFile("run.py")
	if err != nil {
		return result{}, err
	}
	program := "00." + j.test.ending
	files := map[string]string{"run.py": string(harness), "out/deduplicated/" + program: source, "out/stat.json": fmt.Sprintf("{%q: {\"num\": 1}}", program)}
	for name, content := range j.test.files {
		files["repository/"+name] = content
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return result{}, err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			return result{}, err
		}
	}
	nonce := rand.Text()
	r, err := j.sandbox.Run(ctx, sandbox.Command{
		Args: []string{j.python.Python, "-B", "/sandbox/run.py", path.Join("/sandbox/repository/unit_test", j.test.id, "functional.py"), program},
		Dir:  dir, Stdin: []byte(nonce + "\n"), ReadOnly: j.python.ReadOnly, Limits: limits, Env: []string{"PYTHONHASHSEED=0"},
	})
	if err != nil {
		return result{}, err
	}
	return j.read(r, nonce)
}

// read finds the line of run.py, which begins with what the program cannot know.
func (j judge) read(r sandbox.Result, nonce string) (result, error) {
	for line := range bytes.Lines(r.Stdout) {
		text, ok := bytes.CutPrefix(line, []byte(nonce+" "))
		if !ok {
			continue
		}
		var said result
		if err := json.Unmarshal(text, &said); err != nil {
			return said, fmt.Errorf("the harness's answer: %w", err)
		}
		return said, nil
	}
	no := false
	switch {
	case r.Exceeded != "":
		return result{&no, "The program passed the sandbox's limit on " + r.Exceeded}, nil
	case r.ExitCode == 126 || r.ExitCode == 127:
		return result{}, fmt.Errorf("%s could not be started in the sandbox: %s", j.python.Python, tail(r.Stderr))
	}
	return result{&no, fmt.Sprintf("The program ended the test before it was over (exit status %d %s): %s", r.ExitCode, r.Signal, tail(r.Stderr))}, nil
}

func tail(text []byte) string {
	if len(text) > 400 {
		text = text[len(text)-400:]
	}
	return string(bytes.ToValidUTF8(bytes.TrimSpace(text), []byte("?")))
}
