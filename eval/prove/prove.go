// Package prove runs the proofs of the corpus: it shows that an entry's twin falls to an
// attack and that its example does not, while both do their task.
//
//	prover := prove.New(prove.Tools{Sandbox: box, Python: env, Checkers: builtin.Checkers()})
//	err := prover.Prove(ctx, entry) // what is not proven, in words
//
// A proof is cases in the form of the own suite's tests (suites/README.md), which run in
// the sandbox by the harnesses of package own, or, where no run can show the weakness, a
// checker's rule. TypeScript runs as the JavaScript that esbuild makes of it. Everything that a case needs to import and that no package registry has a
// part of here (database servers' drivers, task queues) stands in the folder standins, by language.
//
// docs/corpus.md says how a proof is written; "make prove" runs all.
package prove

import (
	"cmp"
	"context"
	"embed"
	_ "embed" // for Requirements
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/lang"
)

// Requirements is for pyenv.Options.Requirements: the packages that the Python entries and
// their proofs import.
//
//go:embed requirements.txt
var Requirements string

// standins are modules that stand for those of servers and services, by language. A file's
// last ".txt" is taken away, so that Go's are no packages of this module.
//
//go:embed all:standins
var standins embed.FS

// Tools is what proofs are run with.
type Tools struct {
	// Sandbox is where the cases run.
	Sandbox *sandbox.Sandbox
	// Python is an environment with the packages of Requirements.
	Python pyenv.Env
	// CacheDir is as in own.Oracles.
	CacheDir string
	// Checkers are those that entries may name.
	Checkers []check.Checker
}

// A Prover runs proofs. It may be used by many goroutines at once.
type Prover struct {
	bench    *own.Bench
	checkers []check.Checker
}

// New makes a prover.
func New(t Tools) *Prover {
	return &Prover{
		bench:    own.NewBench(own.Oracles{Sandbox: t.Sandbox, Python: t.Python, CacheDir: t.CacheDir}),
		checkers: t.Checkers,
	}
}

// cpuSeconds bound a case whose entry says nothing else. It is more than the suites' since
// frameworks take their time to be imported, on machines that do other things too.
const cpuSeconds = 6

// ErrNone says that an entry has no proof.
var ErrNone = errors.New("there is no proof")

// Prove runs an entry's proof. Its error says what is not proven, or what went wrong.
func (p *Prover) Prove(ctx context.Context, e corpus.Entry) error {
	var err error
	switch {
	case e.Proof.Cases != "":
		err = p.run(ctx, e)
	case e.Proof.Checker != "":
		err = p.check(ctx, e)
	default:
		err = ErrNone
	}
	if err != nil {
		return fmt.Errorf("prove %s: %w", e.Path, err)
	}
	return nil
}

// run tries the cases on the example and on the twin.
func (p *Prover) run(ctx context.Context, e corpus.Entry) error {
	language := lang.Language(e.Language)
	files, err := standinsOf(runnable(language))
	if err != nil {
		return err
	}
	cases, err := toRun(language, "the proof", preloaded(e))
	if err != nil {
		return err
	}
	var wrong []error
	for _, program := range []struct {
		name, source string
		want         eval.Verdict
	}{
		{"the example", e.Code, eval.Secure},
		{"the twin", e.Insecure, eval.Insecure},
	} {
		source, err := toRun(language, program.name, program.source)
		if err != nil {
			return err
		}
		got, err := p.bench.Try(ctx, own.Trial{
			Name: e.Path, Language: runnable(language), Source: source, Cases: cases, Files: files,
			ExploitedBy: e.Proof.ExploitedBy, CPUSeconds: cmp.Or(e.Proof.CPUSeconds, cpuSeconds),
		})
		if err != nil {
			return err
		}
		does := *got.Functional || program.want == eval.Insecure && stopped(got)
		if got.Verdict != program.want || !does {
			wrong = append(wrong, fmt.Errorf("%s is %s, want %s; %s; %s%s", program.name, got.Verdict, program.want, got.Why, got.FunctionalWhy, trace(got)))
		}
	}
	return errors.Join(wrong...)
}

// stopped reports whether a sanitizer's report is all that kept functional cases from
// passing: a twin that always writes a byte too many does its task without the sanitizer.
func stopped(j eval.Judgement) bool {
	for _, step := range j.Trace {
		reported := strings.Contains(step.Output, "AddressSanitizer") || strings.Contains(step.Output, "runtime error: ")
		if strings.HasPrefix(step.Name, "functional") && step.Outcome != "ok" && !reported {
			return false
		}
	}
	return len(j.Trace) > 0
}

// frameworks find what takes the longest part of a second to import.
var frameworks = regexp.MustCompile(`(?m)^(?:from|import) (flask|fastapi|django|jinja2|requests|sqlalchemy)\b`)

// preloaded lets the process that all cases of a Python program are forked from import the
// program's frameworks. It does so behind the cases, whose lines keep their numbers.
func preloaded(e corpus.Entry) string {
	cases := e.Proof.Cases
	if e.Language == string(lang.Python) {
		for _, found := range frameworks.FindAllStringSubmatch(e.Code+e.Insecure, -1) {
			cases += "import " + found[1] + "\n"
		}
	}
	return cases
}

// trace lists what each case came to.
func trace(j eval.Judgement) string {
	var text strings.Builder
	for _, step := range j.Trace {
		fmt.Fprintf(&text, "\n\t%s: %s %s", step.Name, step.Outcome, step.Output)
	}
	return text.String()
}

// standinsOf are the files that lie beside every program of a language.
func standinsOf(language lang.Language) (map[string]string, error) {
	files := map[string]string{}
	root := "standins/" + string(language)
	err := fs.WalkDir(standins, root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == root {
			return fs.SkipAll
		}
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := standins.ReadFile(path)
		files[strings.TrimSuffix(strings.TrimPrefix(path, root+"/"), ".txt")] = string(content)
		return err
	})
	return files, err
}

// check has the checker look at both files.
func (p *Prover) check(ctx context.Context, e corpus.Entry) error {
	i := slices.IndexFunc(p.checkers, func(c check.Checker) bool { return c.Name() == e.Proof.Checker })
	if i < 0 {
		return fmt.Errorf("there is no checker %q", e.Proof.Checker)
	}
	dir, err := os.MkdirTemp("", "seccoder-prove-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	language := lang.Language(e.Language)
	example, twin := "example"+language.Ending(), "insecure"+language.Ending()
	for name, code := range map[string]string{example: e.Code, twin: e.Insecure} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(code), 0o600); err != nil {
			return err
		}
	}
	result, err := check.Run(ctx, p.checkers[i:i+1], check.Request{
		Dir: dir, Files: []check.File{{Path: example, Language: language}, {Path: twin, Language: language}},
	}, check.RunOptions{})
	if err != nil {
		return err
	}
	if run := result.Checkers[0]; run.State != check.Worked || run.Checked != 2 {
		return fmt.Errorf("%s looked at %d of 2 files: %s %s", e.Proof.Checker, run.Checked, run.State, run.Why)
	}
	found := map[string]bool{}
	var others []string
	for _, f := range result.Findings {
		if f.Rule == e.Proof.Rule {
			found[f.Path] = true
		} else if f.Path == twin {
			others = append(others, f.Rule)
		}
	}
	var wrong []error
	if found[example] {
		wrong = append(wrong, fmt.Errorf("%s finds %s in the example", e.Proof.Checker, e.Proof.Rule))
	}
	if !found[twin] {
		wrong = append(wrong, fmt.Errorf("%s does not find %s in the twin (it finds %q)", e.Proof.Checker, e.Proof.Rule, others))
	}
	return errors.Join(wrong...)
}
