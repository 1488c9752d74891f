package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/worktree"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// checkOptions are the flags of check.
type checkOptions struct {
	checkers, cwes, sarifFiles, sarifCommands []string
	severity, failOn                          string
	diff, baseline, writeBaseline             string
	format                                    string
	json                                      bool
	outputs                                   []string
	allowUnchecked                            bool
	timeout                                   time.Duration
	// silent leaves standard output out, where no output is to go there.
	silent bool
}

func newCheck(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Look for weaknesses in source files with the checkers that are here",
		Long: `Run the checkers that are on this machine over files and folders (without a path:
this folder), and show what they find, with the CWE, the place and what to do. What
git ignores, and folders of dependencies, are passed over.

What no checker could look at is named, and then the exit status is 3 even where
nothing was found; but source code of other languages below a folder is only counted.
A comment passes over a finding, if it gives a reason:

  cur.execute(q)  # seccoder:ignore CWE-089 q is one of three constants`,
		Example: `  seccoder check
  seccoder check src --severity low
  seccoder check --diff main --format github
  seccoder check --output table=- --output sarif=report.sarif`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.json {
				if cmd.Flags().Changed("format") {
					return commandLinef(cmd, "--json and --format cannot be together")
				}
				o.format = "json"
			}
			o.silent = o.writeBaseline != "" && !o.json && !cmd.Flags().Changed("format")
			if len(args) == 0 {
				args = []string{"."}
			}
			return a.runCheck(cmd.Context(), args, o)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.checkers, "checker", nil, "use these checkers only: "+strings.Join(builtin.Names(), ", ")+", none")
	flags.StringVar(&o.severity, "severity", check.Medium.String(), "report findings from this severity on: "+strings.Join(check.Severities(), ", "))
	flags.StringVar(&o.failOn, "fail-on", "", "exit with 1 for findings from this severity on, or never (default: as --severity)")
	flags.StringSliceVar(&o.cwes, "cwe", nil, "report findings of these CWEs only, as in 89,78")
	flags.StringVar(&o.format, "format", "table", "what to print: "+strings.Join(checkFormats, ", "))
	flags.BoolVar(&o.json, "json", false, "print the result as JSON, as --format json")
	flags.StringArrayVar(&o.outputs, "output", nil, "write this format into this file, as in sarif=report.sarif; - is standard output; may be repeated")
	flags.StringVar(&o.diff, "diff", "", "report findings on lines changed since this commit or branch only")
	flags.StringVar(&o.baseline, "baseline", "", "leave out the findings of this file")
	flags.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings into this file, as a baseline, and count none")
	flags.StringArrayVar(&o.sarifFiles, "sarif", nil, "add the findings of this SARIF file, of any tool; may be repeated")
	flags.StringArrayVar(&o.sarifCommands, "sarif-command", nil, "run this command, too, which writes SARIF, as in \"tool --sarif {files}\"; may be repeated")
	flags.BoolVar(&o.allowUnchecked, "allow-unchecked", false, "exit with 0, not 3, when something was not checked and nothing was found")
	flags.DurationVar(&o.timeout, "timeout", check.DefaultTimeout, "longest time for one call of a checker")
	_ = cmd.RegisterFlagCompletionFunc("checker", cobra.FixedCompletions(builtin.Names(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("severity", cobra.FixedCompletions(check.Severities(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(append(check.Severities(), never), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(checkFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) runCheck(ctx context.Context, paths []string, o checkOptions) error {
	plan, err := o.plan()
	if err != nil {
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	found, err := worktree.Find(ctx, dir, paths)
	if err != nil {
		if ctx.Err() == nil {
			err = usageError{err}
		}
		return err
	}
	root, err := o.root(ctx, dir, found.Files, plan.policy.Baseline)
	if err != nil {
		return err
	}
	plan.policy.Place, plan.policy.Asked = root.place, plan.asked(dir, paths)
	if plan.policy.Baseline != nil {
		known := plan.policy.Baseline.WithPaths(root.path)
		plan.policy.Baseline = &known
	}
	if o.diff != "" {
		changes, err := worktree.Since(ctx, dir, o.diff)
		if err != nil {
			return usageError{err}
		}
		found = changes.Only(found)
		plan.policy.Touches = changes.Touches
	}
	others := ofNoLanguage(dir, found)
	result, err := a.runCheckers(ctx, plan.checkers, check.Request{Dir: dir, Files: slices.Concat(found.Files, others)}, o.timeout)
	if err != nil {
		return err
	}
	coverOthers(&found, others, &result)
	if plan.policy.Baseline != nil {
		plan.policy.Looked = lookedOrLost(dir, result.Looked(found.Files))
	}
	outcome := checkOutcome{
		files: found.Files, result: result, skipped: found.Skipped, others: worktree.ByLanguage(found.Others), plan: plan,
		unchecked: append(found.Unchecked, result.Unchecked...),
		review:    check.Judge(result.Findings, found.Files, sourceReader(dir), plan.policy),
	}
	if o.writeBaseline != "" {
		baseline := check.NewBaseline(outcome.review.All).WithPaths(root.place)
		if baseline.Root, err = root.from(o.writeBaseline); err != nil {
			return fmt.Errorf("write the baseline %s: %w", o.writeBaseline, err)
		}
		if err := atomicfile.Write(o.writeBaseline, 0o644, baseline.Write); err != nil {
			return fmt.Errorf("write the baseline %s: %w", o.writeBaseline, err)
		}
		a.note("wrote %s into %s%s", counted(len(check.Merge(outcome.review.All)), "finding"), o.writeBaseline, outcome.beyondShown())
	}
	if err := a.writeOutputs(outcome, plan.outputs); err != nil {
		return err
	}
	return a.checkVerdict(outcome, o)
}

// runCheckers runs the checkers and shows how far they are.
func (a *app) runCheckers(ctx context.Context, checkers []check.Checker, r check.Request, timeout time.Duration) (check.Result, error) {
	var shown *progress
	defer func() {
		if shown != nil {
			shown.end()
		}
	}()
	return check.Run(ctx, checkers, r, check.RunOptions{Timeout: timeout, Progress: func(done, total int) {
		if shown == nil {
			shown = a.progress("checking", "files, once for each checker", int64(total))
		}
		shown.at(int64(done))
	}})
}

// lookedOrLost is looked, and true for files that are no longer there.
func lookedOrLost(dir string, looked func(path, checker string) bool) func(path, checker string) bool {
	return func(path, checker string) bool {
		_, err := os.Lstat(absoluteIn(dir, path))
		return errors.Is(err, fs.ErrNotExist) || looked(path, checker)
	}
}

// absoluteIn is the path of a finding as the system knows it.
func absoluteIn(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, filepath.FromSlash(path))
}

// sourceReader reads files of a result.
func sourceReader(dir string) func(string) (string, bool) {
	return func(path string) (string, bool) {
		path = absoluteIn(dir, path)
		if info, err := os.Stat(path); err != nil || info.Size() > worktree.MaxBytes || !info.Mode().IsRegular() {
			return "", false
		}
		data, err := os.ReadFile(path)
		return string(data), err == nil
	}
}

// A findingsError says that check found something that counts.
type findingsError struct{ error }

// An incompleteError says that not everything was checked.
type incompleteError struct{ error }

// checkVerdict is the error that the outcome stands for: findings first, then what was
// not checked.
func (a *app) checkVerdict(c checkOutcome, o checkOptions) error {
	if c.plan.fails && o.writeBaseline == "" {
		bad := 0
		for _, d := range check.Merge(c.review.Findings) {
			if d.Severity >= c.plan.failOn {
				bad++
			}
		}
		if bad > 0 {
			return findingsError{fmt.Errorf("check found %s of %s severity or worse", counted(bad, "finding"), c.plan.failOn)}
		}
	}
	why := c.incomplete()
	if why == "" {
		return nil
	}
	if o.allowUnchecked {
		a.warn("%s", why)
		return nil
	}
	return incompleteError{errors.New(why)}
}
