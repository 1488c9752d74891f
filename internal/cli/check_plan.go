package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/sarif"
	"github.com/seccoder/seccoder/check/worktree"
)

// never is the value of --fail-on with which findings do not matter.
const never = "never"

// A checkPlan is what the flags of check ask for.
type checkPlan struct {
	checkers []check.Checker
	// named are the checkers that the user named: they have to be here.
	named []string
	// added are the names of the checkers of --sarif and --sarif-command, which may look at more
	// than was asked for.
	added   []string
	policy  check.Policy
	fails   bool
	failOn  check.Severity
	outputs []checkOutput
}

// plan turns the flags into a plan.
func (o checkOptions) plan() (checkPlan, error) {
	var p checkPlan
	var err error
	if p.policy.Severity, err = check.ParseSeverity(o.severity); err != nil {
		return p, usagef("--severity: %w", err)
	}
	p.fails, p.failOn = o.failOn != never, p.policy.Severity
	if p.fails && o.failOn != "" {
		if p.failOn, err = check.ParseSeverity(o.failOn); err != nil {
			return p, usagef("--fail-on: %w, or %s", err, never)
		}
		if p.failOn < p.policy.Severity {
			return p, usagef("--fail-on %s: such findings are not shown: give --severity %s, too", p.failOn, p.failOn)
		}
	}
	for _, text := range o.cwes {
		cwe, err := check.ParseCWE(text)
		if err != nil {
			return p, usagef("--cwe: %w", err)
		}
		p.policy.CWEs = append(p.policy.CWEs, cwe)
	}
	if o.timeout <= 0 {
		return p, usagef("--timeout %s: expected more than 0", o.timeout)
	}
	switch {
	case o.writeBaseline != "" && o.diff != "":
		return p, usagef("--write-baseline and --diff cannot be together: the baseline would hold the changed lines only")
	case o.writeBaseline != "" && o.baseline != "":
		return p, usagef("--write-baseline and --baseline cannot be together: the new file replaces the old one")
	case o.baseline != "":
		b, err := check.ReadBaseline(o.baseline)
		if err != nil {
			return p, usageError{err}
		}
		p.policy.Baseline = &b
	}
	if p.outputs, err = parseOutputs(o.format, o.outputs, o.silent); err != nil {
		return p, err
	}
	return p, p.choose(o)
}

// choose picks the checkers.
func (p *checkPlan) choose(o checkOptions) error {
	known := builtin.Names()
	for _, name := range o.checkers {
		name = strings.ToLower(strings.TrimSpace(name))
		if name != "none" && !slices.Contains(known, name) {
			return usagef("--checker %q: unknown (known: %s, none)", name, strings.Join(known, ", "))
		}
		p.named = append(p.named, name)
	}
	for _, c := range builtin.Checkers() {
		if len(p.named) == 0 || slices.Contains(p.named, c.Name()) {
			p.checkers = append(p.checkers, c)
		}
	}
	for _, path := range o.sarifFiles {
		if _, err := os.Stat(path); err != nil {
			return usagef("--sarif: %w", err)
		}
		p.add(sarif.NewFile(path))
	}
	for _, line := range o.sarifCommands {
		c, err := sarif.NewCommand(line)
		if err != nil {
			return usagef("--sarif-command: %w", err)
		}
		p.add(c)
	}
	if len(p.checkers) == 0 {
		return usagef("--checker none leaves no checker: give --sarif or --sarif-command, too")
	}
	return nil
}

// add takes in a checker that the user asked for by --sarif or --sarif-command.
func (p *checkPlan) add(c check.Checker) {
	p.checkers = append(p.checkers, c)
	p.named = append(p.named, c.Name())
	p.added = append(p.added, c.Name())
}

// asked returns a function that reports whether a finding is in a path that was asked for. Our own
// checkers are only given files that were asked for; a finding of theirs in a header that such a
// file includes stays.
func (p *checkPlan) asked(dir string, paths []string) func(check.Finding) bool {
	var tops, resolvedTops []string
	for _, path := range paths {
		path = absoluteIn(dir, path)
		tops = append(tops, path)
		resolvedTops = append(resolvedTops, worktree.Resolved(path))
	}
	belowSome := func(tops []string, full string) bool {
		return slices.ContainsFunc(tops, func(top string) bool { return below(top, full) })
	}
	known := map[string]bool{}
	return func(f check.Finding) bool {
		if f.Path == "" || !slices.Contains(p.added, f.Checker) {
			return true
		}
		asked, ok := known[f.Path]
		if !ok {
			full := absoluteIn(dir, f.Path)
			asked = belowSome(tops, full) || belowSome(resolvedTops, worktree.Resolved(full))
			known[f.Path] = asked
		}
		return asked
	}
}

// below reports whether a path is another one, or below it.
func below(top, full string) bool {
	rel, err := filepath.Rel(top, full)
	return err == nil && filepath.IsLocal(rel)
}
