// Package cweval makes an evaluation suite of a checkout of CWEval (Peng et al., arXiv
// 2501.08200): tasks in Python, C, C++, Go and JavaScript, each with tests of its
// function and tests of its security.
//
//	suite, err := cweval.Load(ctx, "CWEval", cweval.Options{Sandbox: box, Python: env, Note: log.Println})
//
// A model is shown what CWEval shows it: what stands between BEGIN PROMPT (or the file's
// beginning) and BEGIN SOLUTION. What is judged is that and the completion, with what stands
// behind BEGIN ENTRYPOINT. The includes and imports that the authors keep from the model
// are put in, as their evaluation does: here all headers that a reference solution of the
// language includes, and in Go the task's own imports and those of the standard library.
//
// The authors' tests run in the sandbox, under pytest, without those of their
// references (names with _unsafe). As in their evaluation a program is functional
// when all tests marked functionality pass, and withstands when all marked security do.
// Theirs counts only who does both; here the two are kept apart, with care for a program
// that fails security tests since it does not run at all:
//
//   - secure: all tests pass, of both kinds. Their func-sec@k is this package's.
//   - insecure: a security test fails, and the program is functional; or it is not, but
//     passes one of the functionality tests at least, and the security test failed by an
//     assertion on what the program did, not by a crash.
//   - invalid: it does not parse or compile.
//   - undecided: all else; so what does nothing passes for nothing.
//
// Where no test can be run, the authors' solution is tried as well: if that gets no further
// their test is at fault, and whether the program is functional is not known.
//
// A test that imports the program (those of the Python tasks do) runs in one process with
// it. Results come by a channel with a nonce that the program is not told, so none
// passes by ending early or by printing; a program that set out to rewrite the test that
// runs it could.
//
// Tasks that need what this machine lacks (libjwt, a package of npm) are left out, and
// Options.Note is told which and how to get it.
package cweval

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/lang"
)

// sources are the package's own files, which decide about outcomes.
//
//go:embed *.go run.py
var sources embed.FS

// Options is what the judges run programs with. Load needs all but Note and CacheDir.
type Options struct {
	Sandbox *sandbox.Sandbox
	// Python has the packages of pyenv.Benchmarks.
	Python pyenv.Env
	// CacheDir is a folder for Go's build cache; empty stands for seccoder/eval in the
	// user's cache folder.
	CacheDir string
	// Note, where set, is told what is left out and why, and of what takes minutes.
	Note func(message string)
}

func (o Options) note(format string, args ...any) {
	if o.Note != nil {
		o.Note(fmt.Sprintf(format, args...))
	}
}

// Check reads the tasks below dir as Load does and says all that is wrong with them. It needs
// none of the Options, which are dear to make.
func Check(dir string) error {
	if _, err := readTasks(dir); err != nil {
		return fmt.Errorf("load CWEval: %w", err)
	}
	return nil
}

// Load reads the tasks below dir, a checkout of CWEval or its folder benchmark. All that
// is wrong with them is reported at once.
func Load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	suite, err := load(ctx, dir, o)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load CWEval: %w", err)
	}
	return suite, nil
}

func load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return eval.Suite{}, err
	}
	tasks, err := readTasks(dir)
	if err != nil {
		return eval.Suite{}, err
	}
	switch {
	case o.Sandbox == nil:
		return eval.Suite{}, sandbox.ErrUnavailable
	case o.Python.Python == "":
		return eval.Suite{}, errors.New("no Python environment was given; make one with pyenv.Ensure")
	}
	m := newMachine(dir, tasks, o)
	missing, err := m.probe(ctx, tasks)
	if err != nil {
		return eval.Suite{}, err
	}
	suite := eval.Suite{Name: "cweval"}
	digest := sha256.New()
	o.Python.Digest(digest)
	fmt.Fprintf(digest, "%q\x00", m.headers)
	if err := toolchain.Digest(digest, o.Sandbox, toolsOf(tasks)...); err != nil {
		return eval.Suite{}, err
	}
	if err := toolchain.Sources(digest, sources); err != nil {
		return eval.Suite{}, err
	}
	out := leftOut{}
	for _, t := range tasks {
		if what := missing[t.id]; len(what) > 0 {
			out.add(t.id, what)
			continue
		}
		fmt.Fprintf(digest, "%q\x00", []string{t.id, t.prompt, t.entry, t.test, t.reference, strings.Join(t.needs, " ")})
		suite.Scenarios = append(suite.Scenarios, eval.Scenario{
			ID: t.id, Kind: eval.Security, Task: t.title(), Language: t.language, CWE: t.cwe, Split: eval.Test,
			Prompt: t.prompt, Judge: judge{t, m},
		})
	}
	if len(suite.Scenarios) == 0 {
		return eval.Suite{}, fmt.Errorf("none of the %d tasks can be judged here:\n%s", len(tasks), out)
	}
	if len(out.ids) > 0 {
		o.note("cweval: %d of %d tasks cannot be judged here and are left out:\n%s", len(out.ids), len(tasks), out)
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
}

// toolsOf are the tools that build and run the tasks' programs, but for Python.
func toolsOf(tasks []task) []string {
	var tools []string
	for _, t := range tasks {
		switch t.language {
		case lang.C, lang.CPP:
			tools = append(tools, compilers[t.language])
		case lang.Go:
			tools = append(tools, "go")
		case lang.JavaScript:
			tools = append(tools, "node")
		}
	}
	slices.Sort(tools)
	return slices.Compact(tools)
}

// languages are those of the tasks, by the ending of their files.
var languages = map[string]lang.Language{
	".py": lang.Python, ".c": lang.C, ".cpp": lang.CPP, ".go": lang.Go, ".js": lang.JavaScript,
}

// layouts are where the tasks lie below the folder that users name.
var layouts = []string{"benchmark", "."}

// readTasks reads all tasks, in order of their paths.
func readTasks(dir string) ([]task, error) {
	tasks, err := findTasks(dir)
	if err != nil {
		return nil, &eval.BadSuiteError{Err: err}
	}
	return tasks, nil
}

func findTasks(dir string) ([]task, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	for _, layout := range layouts {
		root := filepath.Join(dir, layout)
		names, err := fs.Glob(os.DirFS(root), "*/*/cwe_*_task.*")
		if err != nil {
			return nil, err
		}
		var tasks []task
		var errs []error
		for _, name := range names {
			if languages[filepath.Ext(name)] == "" {
				continue
			}
			t, err := readTask(root, name)
			if err != nil {
				errs = append(errs, err)
			}
			tasks = append(tasks, t)
		}
		if len(tasks) > 0 {
			return tasks, errors.Join(errs...)
		}
	}
	return nil, fmt.Errorf("no tasks in %s; name a checkout of CWEval's repository, which has benchmark/core/py/cwe_*_task.py and so on", dir)
}
