// Package admission decides what is let into the secure codebase. The paper assumes
// that "all codes in S are secure" (arXiv 2410.01488, section 3.1); here it is checked,
// and the evidence is kept with the entry.
//
// A [Gate] puts candidates to named checks. Each accepts, rejects with a reason, says
// that it does not apply, or that it could not tell. One rejection keeps a candidate out:
//
//	gate := admission.New(admission.Options{Store: store, Checkers: builtin.Checkers()})
//	verdicts, err := gate.JudgeAll(ctx, candidates)
//	summary, err := admission.Keep(ctx, store, "me", verdicts)
//
// [Keep] puts what was admitted among the store's examples and the rest into its
// quarantine, with the reasons. Nothing is dropped in silence, and nothing that was not
// admitted is served.
//
// What a check cannot see it does not claim: a candidate that no checker could look at
// is admitted, unless [Options.Strict] is set, with a line that says so. docs/admission.md
// has what was measured.
package admission

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
)

// A Check asks one question about candidates. It is safe for concurrent use.
type Check interface {
	// Name is how the check is called in evidence: "secrets".
	Name() string
	// Version changes whenever the check may answer differently.
	Version() string
	// Judge returns an outcome for each candidate, in their order; of an Outcome it sets
	// Answer and Reason. The error is that of ctx, or one that makes every answer
	// worthless: what goes wrong with a candidate is CouldNotTell.
	Judge(ctx context.Context, candidates []*Candidate) ([]codebase.Outcome, error)
}

// Options say how a Gate judges. The zero value has all checks that need nothing else.
type Options struct {
	// Store is compared with, for duplicates; nil compares candidates among themselves only.
	Store codebase.Store
	// Checkers look for the weaknesses that an example claims to avoid; none leaves the
	// check out. See check/builtin.
	Checkers []check.Checker
	// Timeout bounds one call of a checker or a parser; 0 is check.DefaultTimeout.
	Timeout time.Duration
	// UnknownLicence lets in examples whose licence is not known: the check then could
	// not tell, instead of rejecting.
	UnknownLicence bool
	// Strict rejects what the parsers, the checkers or the comparison with the twin
	// could not tell.
	Strict bool
	// Progress, where it is set, is told how many candidates of how many the costly
	// checks are done with.
	Progress func(done, total int)
}

// A Verdict is what the Gate says of one candidate.
type Verdict struct {
	// Example is the candidate. Where it is admitted its CheckedBy holds the outcomes.
	Example codebase.Example `json:"example"`
	// Outcomes are those of the checks that were asked, in their order. Once a cheap
	// check has rejected, the costly ones are not asked.
	Outcomes []codebase.Outcome `json:"outcomes"`
	Admitted bool               `json:"admitted"`
}

// Reasons lists what the rejecting checks said, each as "check: reason".
func (v *Verdict) Reasons() []string {
	held := codebase.Held{Outcomes: v.Outcomes}
	return held.Reasons()
}

// A Gate judges candidates. It may be used by several goroutines, which it serves one
// after the other: what it has admitted counts when the next is compared for duplicates.
type Gate struct {
	options Options
	// reading are the checks that need nothing but the candidate. They come first, and all
	// of them are asked.
	reading    []reading
	stages     []stage
	duplicates *duplicates
	turn       chan struct{}
}

// A reading is a check that looks at one candidate at a time.
type reading struct {
	name, version string
	judge         func(c *Candidate) codebase.Outcome
}

// A stage is a check, and how the gate treats it.
type stage struct {
	Check
	// costly checks are not asked about what is rejected already.
	costly bool
	// proves: in strict mode, CouldNotTell rejects.
	proves bool
}

// New makes a Gate.
func New(o Options) *Gate {
	if o.Timeout <= 0 {
		o.Timeout = check.DefaultTimeout
	}
	g := &Gate{options: o, duplicates: newDuplicates(o.Store), turn: make(chan struct{}, 1)}
	g.reading = []reading{
		{"valid", "1", judgeValid},
		{"licence", "1", licence(o.UnknownLicence)},
		{"unicode", "1", judgeUnicode},
		{"break-out", "1", judgeBreakOut},
		{"secrets", "1", judgeSecrets},
		{"instructions", "1", judgeInstructions},
	}
	g.stages = []stage{
		{Check: g.duplicates},
		{Check: newParses(o.Timeout), costly: true, proves: true},
	}
	if len(o.Checkers) > 0 {
		weakness, twin := newWeakness(o)
		g.stages = append(g.stages, stage{Check: weakness, costly: true, proves: true}, stage{Check: twin, costly: true, proves: true})
	}
	return g
}

// Checks names the gate's checks with their versions, in their order.
func (g *Gate) Checks() []string {
	var names []string
	for _, r := range g.reading {
		names = append(names, r.name+"/"+r.version)
	}
	for _, s := range g.stages {
		names = append(names, s.Name()+"/"+s.Version())
	}
	return names
}

// Batch is how many candidates are well judged at once. Checkers take some tenths of a second for
// each, and what a caller was at work on when it is interrupted has to be judged again; without
// them most of the time goes into the store, which takes more at once for less.
func (g *Gate) Batch() int {
	if len(g.options.Checkers) > 0 {
		return 500
	}
	return 2000
}

// Judge is JudgeAll for one candidate.
func (g *Gate) Judge(ctx context.Context, e codebase.Example) (Verdict, error) {
	verdicts, err := g.JudgeAll(ctx, []codebase.Example{e})
	if err != nil {
		return Verdict{}, err
	}
	return verdicts[0], nil
}

// JudgeAll judges candidates together, which saves most of the time of the costly checks;
// Batch is a good number. A candidate counts as a duplicate of an earlier one
// of the same call too.
func (g *Gate) JudgeAll(ctx context.Context, examples []codebase.Example) ([]Verdict, error) {
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return nil, fmt.Errorf("judge candidates: %w", ctx.Err())
	}
	if err := g.duplicates.forget(ctx); err != nil {
		return nil, fmt.Errorf("judge candidates: %w", err)
	}
	verdicts, candidates := make([]Verdict, len(examples)), make([]*Candidate, len(examples))
	err := eachPart(ctx, len(examples), func(i int) {
		verdicts[i] = Verdict{Example: examples[i], Admitted: true}
		candidates[i] = newCandidate(examples[i])
		for _, r := range g.reading {
			verdicts[i].note(r.name, r.version, r.judge(candidates[i]))
		}
		candidates[i].settle()
	})
	if err != nil {
		return nil, fmt.Errorf("judge candidates: %w", err)
	}
	for _, s := range g.stages {
		if err := s.ask(ctx, verdicts, candidates, g.options.Strict); err != nil {
			return nil, fmt.Errorf("admission check %s: %w", s.Name(), err)
		}
	}
	for i := range verdicts {
		if err := g.close(ctx, &verdicts[i], candidates[i]); err != nil {
			return nil, fmt.Errorf("judge candidates: %w", err)
		}
	}
	return verdicts, nil
}

// close compares what has passed all checks with what passed them before it in the same
// call, and writes the evidence down.
func (g *Gate) close(ctx context.Context, v *Verdict, c *Candidate) error {
	if !v.Admitted {
		return nil
	}
	again, err := g.duplicates.again(ctx, c)
	if err != nil {
		return err
	}
	if again.Answer == codebase.Rejects {
		v.note(g.duplicates.Name(), g.duplicates.Version(), again)
		return nil
	}
	g.duplicates.admit(c)
	v.Example.CheckedBy = nil
	for _, o := range v.Outcomes {
		v.Example.CheckedBy = append(v.Example.CheckedBy, o.String())
	}
	return nil
}

// note takes down what a check said.
func (v *Verdict) note(name, version string, o codebase.Outcome) {
	o.Check, o.Version, o.Reason = name, version, oneLine(o.Reason)
	v.Outcomes = append(v.Outcomes, o)
	v.Admitted = v.Admitted && o.Answer != codebase.Rejects
}

// ask puts to the check the candidates that it is to see, and notes the outcomes.
func (s stage) ask(ctx context.Context, verdicts []Verdict, candidates []*Candidate, strict bool) error {
	var places []int
	var asked []*Candidate
	for i := range verdicts {
		if verdicts[i].Admitted || !s.costly {
			places = append(places, i)
			asked = append(asked, candidates[i])
		}
	}
	if len(asked) == 0 {
		return ctx.Err()
	}
	outcomes, err := s.Judge(ctx, asked)
	if err != nil {
		return err
	}
	for n, i := range places {
		o := outcomes[n]
		if strict && s.proves && o.Answer == codebase.CouldNotTell {
			o.Answer = codebase.Rejects
			o.Reason = "could not tell, which strict admission does not accept: " + o.Reason
		}
		verdicts[i].note(s.Name(), s.Version(), o)
	}
	return nil
}

// eachPart calls do for each number below n, on all cores. The error is that of ctx.
func eachPart(ctx context.Context, n int, do func(i int)) error {
	const part = 16
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < n; from += part {
		group.Go(func() error {
			for i := from; i < min(from+part, n); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				do(i)
			}
			return nil
		})
	}
	return group.Wait()
}

// accepts, rejects, skips and unsure make outcomes.
func accepts(format string, args ...any) codebase.Outcome {
	return codebase.Outcome{Answer: codebase.Accepts, Reason: fmt.Sprintf(format, args...)}
}

func rejects(format string, args ...any) codebase.Outcome {
	return codebase.Outcome{Answer: codebase.Rejects, Reason: fmt.Sprintf(format, args...)}
}

func unsure(format string, args ...any) codebase.Outcome {
	return codebase.Outcome{Answer: codebase.CouldNotTell, Reason: fmt.Sprintf(format, args...)}
}

// lineOf is the line, from 1, of a byte of the code.
func lineOf(code string, offset int) int {
	line := 1
	for _, c := range []byte(code[:offset]) {
		if c == '\n' {
			line++
		}
	}
	return line
}
