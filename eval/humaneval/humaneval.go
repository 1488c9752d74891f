// Package humaneval makes an evaluation suite of HumanEval as SVEN's authors use it: 161
// Python tasks, each with a prompt and tests (Chen et al., arXiv 2107.03374; in the form
// of MultiPL-E). It shows what a demonstration costs where there is nothing to secure.
//
//	suite, err := humaneval.Load("sven", humaneval.Options{Sandbox: box, Python: env})
//
// A completion passes when the program, with the tests behind it, runs to its end in
// the sandbox. That it got there is told by a nonce which is printed behind the tests: a
// program that ends itself with status 0 before them has not passed.
//
// The scenarios are of the kind eval.Function: their judgements have no verdict but
// "invalid" for what does not parse.
package humaneval

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/lang"
)

// sources are this package's own files, which decide about outcomes.
//
//go:embed *.go
var sources embed.FS

// Options is what the judges run programs with.
type Options struct {
	Sandbox *sandbox.Sandbox
	Python  pyenv.Env
	// Limits bound a program with its tests. Zero stands for SVEN's five seconds, as
	// processor time and doubled on the clock, so that a busy machine fails nobody.
	Limits sandbox.Limits
}

// layouts are where the tasks lie below the folder that users name: in SVEN's
// repository, in a copy of its data, or there itself.
var layouts = []string{"data_eval/human_eval", "human_eval", "."}

// Load reads the tasks below dir: a checkout of SVEN's repository, or a folder of
// HumanEval_*.yaml. All that is wrong with them is reported at once, in an *[eval.BadSuiteError].
func Load(dir string, o Options) (eval.Suite, error) {
	files, err := find(dir)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load HumanEval: %w", err)
	}
	suite := eval.Suite{Name: "humaneval"}
	digest := sha256.New()
	o.Python.Digest(digest)
	if err := toolchain.Sources(digest, sources); err != nil {
		return eval.Suite{}, fmt.Errorf("load HumanEval: %w", err)
	}
	var errs []error
	for _, file := range files {
		t, err := readTask(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fmt.Fprintf(digest, "%q\x00", []string{t.Name, t.Prompt, t.Tests, strings.Join(t.StopTokens, "\x00")})
		suite.Scenarios = append(suite.Scenarios, t.scenario(o))
	}
	if err := errors.Join(errs...); err != nil {
		return eval.Suite{}, &eval.BadSuiteError{Err: fmt.Errorf("load HumanEval: %w", err)}
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
}

func find(dir string) ([]string, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	for _, layout := range layouts {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(layout), "HumanEval_*.yaml"))
		if err != nil {
			return nil, err
		}
		if len(files) > 0 {
			return files, nil // Glob sorts them
		}
	}
	return nil, &eval.BadSuiteError{Err: fmt.Errorf("no tasks in %s; it should be a checkout of SVEN's repository, or a folder with HumanEval_*.yaml in it", dir)}
}

// A task is one file.
type task struct {
	Name       string   `yaml:"name"`
	Language   string   `yaml:"language"`
	Prompt     string   `yaml:"prompt"`
	Tests      string   `yaml:"tests"`
	StopTokens []string `yaml:"stop_tokens"`
}

func readTask(file string) (task, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return task{}, err
	}
	var t task
	if err := yaml.Unmarshal(data, &t); err != nil {
		return task{}, fmt.Errorf("%s: %w", file, err)
	}
	switch {
	case t.Language != "py":
		return task{}, fmt.Errorf("%s: language %q, expected py", file, t.Language)
	case t.Prompt == "" || t.Tests == "":
		return task{}, fmt.Errorf("%s: prompt or tests are missing", file)
	case t.Name == "":
		t.Name = strings.TrimSuffix(filepath.Base(file), ".yaml")
	}
	return t, nil
}

func (t task) scenario(o Options) eval.Scenario {
	return eval.Scenario{
		ID: t.Name, Kind: eval.Function, Task: t.title(), Language: lang.Python, Split: eval.Test,
		Prompt: t.Prompt, Truncate: t.truncate, Ended: t.ended,
		Judge: &judge{tests: t.Tests, options: o},
	}
}

// title is the task's function, as in "has close elements".
func (t task) title() string {
	name := strings.TrimPrefix(t.Name, "HumanEval_")
	if _, function, ok := strings.Cut(name, "_"); ok {
		name = function
	}
	return strings.ReplaceAll(name, "_", " ")
}

// truncate cuts at the first of each stop token, as SVEN's evaluation does.
func (t task) truncate(completion string) string {
	for _, stop := range t.StopTokens {
		if at := strings.Index(completion, stop); at >= 0 && stop != "" {
			completion = completion[:at]
		}
	}
	return completion
}

// ended reports whether a stop token is there, and so much text behind its start that no
// other can yet begin before it.
func (t task) ended(completion string) bool {
	longest := 0
	for _, stop := range t.StopTokens {
		longest = max(longest, len(stop))
	}
	kept := len(t.truncate(completion))
	return kept < len(completion) && kept+longest <= len(completion)
}
