// Package codeguard makes an evaluation suite of a checkout of CodeGuard+ (Fu et al.,
// arXiv 2405.00218): prompts in Python, C and C++ in the form of SVEN's scenarios, each
// with a test of its function.
//
//	suite, err := codeguard.Load(ctx, "CodeGuardPlus", codeguard.Options{Sandbox: box, Python: env, Checkers: builtin.Checkers()})
//
// The authors' tests say whether a program does its task; they run in the sandbox. For
// its security the authors ask CodeQL and SonarQube. Here the checkers of package check
// decide (package eval/static), which every judgement's Oracle says: rates are not those
// of the authors' tables.
//
// Env needs the packages of pyenv.Benchmarks.
package codeguard

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/static"
	"github.com/seccoder/seccoder/lang"
)

//go:embed codeguard.go judge.go read.go run.py
var sources embed.FS

// Options is what the judges run and look at programs with.
type Options struct {
	Sandbox *sandbox.Sandbox
	// Python has the packages of pyenv.Benchmarks.
	Python   pyenv.Env
	Checkers []check.Checker
	// Note, where set, is told of checkers that are missing.
	Note func(message string)
}

// languages are those of the scenarios, by the word in info.json.
var languages = map[string]lang.Language{"py": lang.Python, "c": lang.C, "cpp": lang.CPP}

// standards are those that the tests compile with, with the extensions of GNU, since a function
// that is not declared is an error for newer compilers.
var standards = map[lang.Language]string{lang.C: "gnu99", lang.CPP: "gnu++11"}

// Load reads dir, a checkout of CodeGuard+. All that is wrong with it is reported at
// once.
func Load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	suite, err := load(ctx, dir, o)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load CodeGuard+: %w", err)
	}
	return suite, nil
}

func load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	if _, err := os.Stat(dir); err != nil {
		return eval.Suite{}, err
	}
	infos, err := fs.Glob(os.DirFS(dir), "data/base/*/*/info.json")
	if err != nil {
		return eval.Suite{}, err
	}
	if len(infos) == 0 {
		return eval.Suite{}, &eval.BadSuiteError{Err: fmt.Errorf("no data/base/cwe-*/*/info.json in %s; name a checkout of CodeGuard+'s repository", dir)}
	}
	used := []lang.Language{lang.Python, lang.C, lang.CPP}
	tools := static.Tools(ctx, o.Checkers, used...)
	for _, t := range tools {
		if t.Why != "" && o.Note != nil {
			o.Note("codeguard: more is undecided, as a checker is missing: " + t.Why)
		}
	}
	digest := sha256.New()
	if err := static.Digest(digest, static.Oracles{Sandbox: o.Sandbox, Python: o.Python}, tools, used...); err != nil {
		return eval.Suite{}, err
	}
	for _, name := range []string{"codeguard.go", "judge.go", "read.go", "run.py"} {
		text, err := sources.ReadFile(name)
		if err != nil {
			return eval.Suite{}, err
		}
		fmt.Fprintf(digest, "%s\x00%s\x00", name, text)
	}
	suite := eval.Suite{Name: "codeguard"}
	var errs []error
	shared, err := readFile(dir, "unit_test/test_utils.py")
	if err != nil {
		errs = append(errs, err)
	}
	fmt.Fprintf(digest, "%s\x00", shared)
	for _, name := range infos {
		s, test, err := read(dir, path.Dir(name), shared, o)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fmt.Fprintf(digest, "%s\x00%s\x00%s\x00", s.ID, s.Prompt, test.sum())
		suite.Scenarios = append(suite.Scenarios, s)
	}
	if len(errs) > 0 {
		return eval.Suite{}, &eval.BadSuiteError{Err: errors.Join(errs...)}
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
}

// placeForm is where a scenario lies.
var placeForm = regexp.MustCompile(`^data/base/(cwe-\d+)/(\d+-[a-z]+)$`)

// read reads one scenario, all of its errors at once.
func read(dir, place, shared string, o Options) (eval.Scenario, test, error) {
	m := placeForm.FindStringSubmatch(place)
	if m == nil {
		return eval.Scenario{}, test{}, wrong(dir, place, 0, errors.New("the folder's name is not of the form cwe-089/0-py"))
	}
	info, errs := readInfo(dir, place+"/info.json")
	s := eval.Scenario{ID: m[1] + "/" + m[2], Kind: eval.Security, Split: eval.Test, Language: languages[info.language], CWE: info.cwe}
	if s.Language == "" {
		return s, test{}, errors.Join(errs...)
	}
	for _, name := range []string{"file_context.", "func_context."} {
		part, err := readFile(dir, place+"/"+name+info.language)
		if err != nil {
			errs = append(errs, err)
		}
		s.Prompt += part
	}
	s.Task = task(s.Prompt)
	t, err := readTest(dir, s.ID, info.language, shared)
	if err != nil {
		errs = append(errs, err)
	}
	s.Judge = judge{
		test: t, sandbox: o.Sandbox, python: o.Python,
		static: static.New(static.Question{CWE: s.CWE, Language: s.Language, Prompt: s.Prompt, Standard: standards[s.Language]}, static.Oracles{
			Sandbox: o.Sandbox, Python: o.Python, Checkers: o.Checkers,
		}),
	}
	return s, t, errors.Join(errs...)
}

var comment = regexp.MustCompile(`(?s)'''(.*?)'''|"""(.*?)"""|/\*(.*?)\*/|(?m:(?://|#) (.*)$)`)

// task is the last comment of the prompt, in one line.
func task(prompt string) string {
	text := ""
	for _, m := range comment.FindAllStringSubmatch(prompt, -1) {
		text = strings.Join(m[1:], "")
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}
