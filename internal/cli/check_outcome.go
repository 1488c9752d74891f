package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/sarif"
	"github.com/seccoder/seccoder/check/worktree"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// A checkOutcome is all that check found out.
type checkOutcome struct {
	plan      checkPlan
	files     []check.File
	result    check.Result
	review    check.Review
	unchecked []check.Unchecked
	skipped   []worktree.Skipped
	// others is code that no checker is for. It does not make the outcome incomplete: one shell
	// script would do so in each run for ever.
	others []worktree.OfLanguage
}

// ofOtherLanguages says in a line what code below the folders no checker is for, or is empty.
func (c checkOutcome) ofOtherLanguages() string {
	if len(c.others) == 0 {
		return ""
	}
	parts := make([]string, len(c.others))
	for i, o := range c.others {
		parts[i] = fmt.Sprintf("%d %s", len(o.Paths), o.Language)
		if i == len(c.others)-1 {
			parts[i] = counted(len(o.Paths), o.Language+" file")
		}
	}
	return "not checked, no checker for their language: " + strings.Join(parts, ", ")
}

// incomplete says in a line why the outcome is no proof that all is well, or is empty.
func (c checkOutcome) incomplete() string {
	var parts []string
	if n := len(c.unchecked); n > 0 {
		parts = append(parts, counted(n, "file")+" not checked")
	}
	for _, run := range c.result.Checkers {
		switch {
		case run.State == check.Failed:
			parts = append(parts, run.Name+" failed")
		case run.State == check.Missing && slices.Contains(c.plan.named, run.Name):
			parts = append(parts, run.Name+" is not on this machine")
		}
	}
	if len(c.files) == 0 && len(c.unchecked) == 0 && c.plan.policy.Touches == nil {
		parts = append(parts, "there is nothing to check: no file is in a language that is known")
	}
	if len(parts) == 0 {
		return ""
	}
	return "check is incomplete: " + strings.Join(parts, ", ")
}

// beyondShown says how many of the findings that no comment passes over are not shown, so that
// a new baseline holds more than the table. It is empty where there are none.
func (c checkOutcome) beyondShown() string {
	more := len(check.Merge(c.review.All)) - len(check.Merge(c.review.Findings))
	if more == 0 {
		return ""
	}
	return fmt.Sprintf(", %d of which --severity or --cwe leaves out", more)
}

// checkFormats are the forms in which check writes.
var checkFormats = []string{"table", "json", "sarif", "github"}

// A checkOutput is a form and where it goes: "-" is standard output.
type checkOutput struct{ format, path string }

// parseOutputs reads --format and --output. The format goes to standard output, unless
// an output does, or silent keeps it free.
func parseOutputs(format string, outputs []string, silent bool) ([]checkOutput, error) {
	if !slices.Contains(checkFormats, format) {
		return nil, usagef("--format %q: expected %s", format, strings.Join(checkFormats, ", "))
	}
	var all []checkOutput
	for _, text := range outputs {
		name, path, ok := strings.Cut(text, "=")
		if !ok || path == "" || !slices.Contains(checkFormats, name) {
			return nil, usagef("--output %q: expected FORMAT=FILE with one of the formats %s", text, strings.Join(checkFormats, ", "))
		}
		if slices.ContainsFunc(all, func(o checkOutput) bool { return o.path == path }) {
			return nil, usagef("--output %q: %s is written to already", text, path)
		}
		// Said before the checkers run, which may take minutes.
		if dir := filepath.Dir(path); path != "-" {
			if info, err := os.Stat(dir); err != nil || !info.IsDir() {
				return nil, usagef("--output %q: there is no folder %s", text, dir)
			}
		}
		all = append(all, checkOutput{name, path})
	}
	if !silent && !slices.ContainsFunc(all, func(o checkOutput) bool { return o.path == "-" }) {
		all = append(all, checkOutput{format, "-"})
	}
	return all, nil
}

// writeOutputs writes the outcome in all forms; files as a whole or not at all.
func (a *app) writeOutputs(c checkOutcome, outputs []checkOutput) error {
	for _, o := range outputs {
		write := func(w io.Writer) error {
			switch o.format {
			case "json":
				return writeJSON(w, c.report())
			case "sarif":
				return sarif.Write(w, c.sarif())
			case "github":
				return writeGitHub(w, c)
			}
			return a.writeTable(w, c)
		}
		if o.path == "-" {
			if err := write(a.out); err != nil {
				return err
			}
			continue
		}
		if err := atomicfile.Write(o.path, 0o644, write); err != nil {
			return fmt.Errorf("write %s: %w", o.path, err)
		}
	}
	return nil
}

func (c checkOutcome) sarif() sarif.Document {
	return sarif.Document{
		Version: programVersion(), Findings: c.review.Findings, Suppressed: c.review.Suppressed,
		Checkers: c.result.Checkers, Files: c.files, Unchecked: c.unchecked, Others: otherLanguages(c.others),
	}
}

// otherLanguages are paths by language.
func otherLanguages(others []worktree.OfLanguage) map[string][]string {
	all := map[string][]string{}
	for _, o := range others {
		all[o.Language] = o.Paths
	}
	return all
}
