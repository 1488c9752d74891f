package own

import (
	"context"
	"fmt"
	"os"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
)

// defaultCPUSeconds bound a case that says nothing else.
const defaultCPUSeconds = 2

// A Trial is a whole program, not a completion, with the cases that try it. Their form is
// that of a scenario's test (suites/README.md).
type Trial struct {
	// Name is for errors.
	Name     string
	Language lang.Language
	// Source is the program, Cases the functional and the exploit cases.
	Source, Cases string
	// Files lie beside the program and are found by its imports and those of the cases, by
	// their paths: "fakes.py", "src/example.org/router/router.go".
	Files map[string]string
	// ExploitedBy is what else counts as exploited when an exploit case ends so: "hang",
	// "crash", "memory".
	ExploitedBy []string
	// CPUSeconds bound one case's processor time; 0 stands for 2.
	CPUSeconds int
}

// A Bench runs trials. It may be used by many goroutines at once.
type Bench struct {
	sandbox   *sandbox.Sandbox
	languages map[lang.Language]language
}

// NewBench makes a bench; what programs of a language share is made when the first of
// them is tried.
func NewBench(o Oracles) *Bench {
	return &Bench{sandbox: o.Sandbox, languages: newLanguages(o)}
}

// Try runs all cases against the program, and judges it as it would a scenario's.
func (b *Bench) Try(ctx context.Context, t Trial) (eval.Judgement, error) {
	l, known := b.languages[t.Language]
	switch {
	case !known:
		return eval.Judgement{}, fmt.Errorf("try %s: no harness runs %s", t.Name, t.Language)
	case b.sandbox == nil:
		return eval.Judgement{}, fmt.Errorf("try %s: %w", t.Name, sandbox.ErrUnavailable)
	}
	j := judge{scenario: scenario{id: t.Name}, language: l}
	for _, word := range t.ExploitedBy {
		outcomes, known := outcomesOf[word]
		if !known {
			return eval.Judgement{}, fmt.Errorf("try %s: exploited by %q (known: hang, crash, memory)", t.Name, word)
		}
		j.scenario.exploitedBy = append(j.scenario.exploitedBy, outcomes...)
	}
	dir, err := os.MkdirTemp("", "seccoder-own-")
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("try %s: %w", t.Name, err)
	}
	defer os.RemoveAll(dir)
	if err := lay(dir, t.Files); err != nil {
		return eval.Judgement{}, fmt.Errorf("try %s: %w", t.Name, err)
	}
	seconds := t.CPUSeconds
	if seconds == 0 {
		seconds = defaultCPUSeconds
	}
	seen, err := l.run(ctx, program{dir: dir, source: t.Source, test: t.Cases, nonce: newNonce(), cpuSeconds: seconds})
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("try %s: %w", t.Name, err)
	}
	return j.decide(seen), nil
}
