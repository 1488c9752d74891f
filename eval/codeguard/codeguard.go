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
	"fmt"
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

// Check reads dir as Load does and says all that is wrong with it. It needs none of the Options,
// which are dear to make.
func Check(dir string) error {
	if _, err := readCheckout(dir); err != nil {
		return fmt.Errorf("load CodeGuard+: %w", err)
	}
	return nil
}

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
	checkout, err := readCheckout(dir)
	if err != nil {
		return eval.Suite{}, err
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
	fmt.Fprintf(digest, "%s\x00", checkout.shared)
	for _, p := range checkout.problems {
		s := p.scenario
		fmt.Fprintf(digest, "%s\x00%s\x00%s\x00", s.ID, s.Prompt, p.test.sum())
		s.Judge = judge{
			test: p.test, sandbox: o.Sandbox, python: o.Python,
			static: static.New(static.Question{CWE: s.CWE, Language: s.Language, Prompt: s.Prompt, Standard: standards[s.Language]}, static.Oracles{
				Sandbox: o.Sandbox, Python: o.Python, Checkers: o.Checkers,
			}),
		}
		suite.Scenarios = append(suite.Scenarios, s)
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
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
