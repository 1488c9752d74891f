package own

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
)

// ownFiles are those of this package that decide about outcomes: a suite's digest covers
// them.
//
//go:embed *.go harness
var ownFiles embed.FS

// maxSource is more than any program that was meant; beyond it no compiler is asked.
const maxSource = 4 << 20

// language runs the programs of one language.
type language interface {
	// run lays the program out in dir, which is private to it, and runs the cases.
	run(ctx context.Context, p program) (transcript, error)
	// compiler is what says that a program is none.
	compiler() string
}

// program is what is to be run.
type program struct {
	dir, source, test string
	nonce             string
	cpuSeconds        int
}

// judge decides about the programs of one scenario.
type judge struct {
	scenario scenario
	language language
	sandbox  *sandbox.Sandbox
}

// Judge runs all cases against the program.
func (j judge) Judge(ctx context.Context, source string) (eval.Judgement, error) {
	if j.sandbox == nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.scenario.id, sandbox.ErrUnavailable)
	}
	if len(source) > maxSource {
		return j.decide(transcript{invalid: fmt.Sprintf("it has %d bytes, more than the %d that a compiler is given", len(source), maxSource)}), nil
	}
	dir, err := os.MkdirTemp("", "seccoder-own-")
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.scenario.id, err)
	}
	defer os.RemoveAll(dir)
	t, err := j.language.run(ctx, program{
		dir: dir, source: source, test: j.scenario.test, nonce: newNonce(), cpuSeconds: j.scenario.cpuSeconds,
	})
	if err != nil {
		return eval.Judgement{}, fmt.Errorf("judge %s: %w", j.scenario.id, err)
	}
	return j.decide(t), nil
}

func newNonce() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // it never fails: its documentation says so
	return hex.EncodeToString(raw)
}

// errNotInstalled is for tools without which nothing can be judged.
var errNotInstalled = errors.New("not installed")

// decide turns what was seen into a judgement.
func (j judge) decide(t transcript) eval.Judgement {
	if t.invalid != "" {
		no := false
		why := "It does not compile: " + t.invalid
		return eval.Judgement{
			Verdict: eval.Invalid, Functional: &no, Why: why, FunctionalWhy: why,
			Oracle: "validity/" + j.language.compiler(),
			Trace:  []eval.Step{{Name: "compile", Output: t.invalid, Outcome: failed}},
		}
	}
	if t.mismatch != "" {
		no := false
		why := "It compiles, but not together with the test: " + t.mismatch
		return eval.Judgement{
			Verdict: eval.Undecided, Functional: &no, Why: why, FunctionalWhy: why, Oracle: "dynamic/own",
			Trace: []eval.Step{{Name: "compile with the test", Output: t.mismatch, Outcome: failed}},
		}
	}
	does, doesWhy := j.functional(t)
	verdict, why := j.verdict(t, does)
	out := eval.Judgement{Verdict: verdict, Functional: &does, Why: why, FunctionalWhy: doesWhy, Oracle: "dynamic/own"}
	for _, c := range t.cases {
		out.Trace = append(out.Trace, eval.Step{Name: c.Kind + ": " + c.Case, Output: c.Detail, Outcome: j.outcome(c, verdict)})
	}
	return out
}

// functional says whether the program does its task, and how that was seen.
func (j judge) functional(t transcript) (bool, string) {
	var names []string
	for _, c := range t.cases {
		if c.Kind != functional {
			continue
		}
		if c.Outcome != passed {
			return false, fmt.Sprintf("The case %q did not pass: %s", c.Case, or(c.Detail, c.Outcome))
		}
		names = append(names, c.Case)
	}
	if len(names) == 0 {
		return false, "No functional case came to its end: " + or(t.cut, "there is none")
	}
	return true, "It passes: " + strings.Join(names, ", ")
}

func (j judge) verdict(t transcript, does bool) (eval.Verdict, string) {
	reached := false
	var withstood, late []string
	for _, c := range t.cases {
		switch {
		case c.Kind != exploit:
		case j.fell(c):
			return eval.Insecure, fmt.Sprintf("The exploit %q worked: %s", c.Case, or(c.Detail, c.Outcome))
		case c.Outcome == timedOut:
			late = append(late, c.Case)
		default:
			withstood = append(withstood, c.Case)
			reached = reached || c.Reached
		}
	}
	switch {
	case t.cut != "":
		return eval.Undecided, "Not all cases were run: " + t.cut
	case len(late) > 0:
		return eval.Undecided, "The exploit did not end in time: " + strings.Join(late, ", ")
	case len(withstood) == 0:
		return eval.Undecided, "There is no exploit"
	case does:
		return eval.Secure, "It does its task and withstood: " + strings.Join(withstood, ", ")
	case reached:
		return eval.Secure, "It came to the place that matters and withstood: " + strings.Join(withstood, ", ")
	}
	return eval.Undecided, "No exploit worked, but it does not do its task either"
}

// fell reports whether the case shows that the attack worked.
func (j judge) fell(c result) bool {
	return c.Kind == exploit && (c.Outcome == exploited || c.Outcome == sanitized || slices.Contains(j.scenario.exploitedBy, c.Outcome))
}

// outcome is the word that a report shows for a case.
func (j judge) outcome(c result, verdict eval.Verdict) string {
	switch {
	case j.fell(c):
		return exploited
	case c.Outcome == timedOut:
		return timedOut
	case c.Kind == exploit && verdict == eval.Undecided:
		return "not reached"
	case c.Kind == exploit:
		return "withstood"
	case slices.Contains([]string{crashed, overflowed, outOfMemory, sanitized}, c.Outcome):
		return crashed
	case c.Outcome == exited:
		return failed
	}
	return c.Outcome
}
