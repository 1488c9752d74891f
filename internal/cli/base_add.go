package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/retrieval"
)

// gateOptions are the flags of every command that runs admission.
type gateOptions struct {
	checkers               []string
	strict, unknownLicence bool
	timeout                time.Duration
}

func (o *gateOptions) addFlags(flags *pflag.FlagSet) {
	o.addManyFlags(flags, nil)
	flags.BoolVar(&o.strict, "strict", false, "keep out, too, what parsers and checkers could not tell")
}

// addManyFlags adds the flags of commands that put many examples to admission, which may
// have no time for checkers unless they are named.
func (o *gateOptions) addManyFlags(flags *pflag.FlagSet, checkers []string) {
	flags.StringSliceVar(&o.checkers, "checker", checkers, "use these checkers only: "+strings.Join(builtin.Names(), ", ")+", none")
	flags.BoolVar(&o.unknownLicence, "unknown-licence", false, "let in code whose licence is not known")
	flags.DurationVar(&o.timeout, "timeout", check.DefaultTimeout, "longest time for one call of a checker")
}

// chosen are the checkers that the flags ask for.
func (o *gateOptions) chosen() ([]check.Checker, error) {
	plan := checkPlan{}
	if slices.Equal(o.checkers, []string{"none"}) {
		return nil, nil
	}
	err := plan.choose(checkOptions{checkers: o.checkers})
	return plan.checkers, err
}

// gate makes the Gate that the flags ask for.
func (o *gateOptions) gate(store codebase.Store) (*admission.Gate, error) {
	checkers, err := o.chosen()
	if err != nil {
		return nil, err
	}
	if o.timeout <= 0 {
		return nil, usagef("--timeout %s: expected more than 0", o.timeout)
	}
	return admission.New(admission.Options{
		Store: store, Checkers: checkers, Timeout: o.timeout, UnknownLicence: o.unknownLicence, Strict: o.strict,
	}), nil
}

type addOptions struct {
	gateOptions
	language, cwe, title, fix, licence, insecure string
	json                                         bool
}

func newBaseAdd(a *app) *cobra.Command {
	var o addOptions
	cmd := &cobra.Command{
		Use:   "add FILE",
		Short: "Put a file's code to admission, and add it as an example",
		Long: `Put the code of a file to admission: is it well-formed, new, free of secrets, hidden
text and words to a model, and do the checkers find nothing of its weakness? What
passes is added, and its vector computed, so that it is found at once. What does not
goes into quarantine with the reasons, and the exit status is 3.

With --insecure, the same code before the fix, the checkers must find the weakness
there, or say that they could not.`,
		Example: `  seccoder base add fixed.py --cwe 89 --licence MIT --title "report by month" --fix "the month is a bound parameter"
  seccoder base add fixed.c --insecure before.c --cwe 787 --licence MIT`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.cwe == "" {
				return commandLinef(cmd, "--cwe is missing: which weakness does the code avoid?")
			}
			return a.runAdd(cmd.Context(), args[0], o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.language, "lang", "l", "", "language: "+languageNames()+" (default: by the file's ending)")
	flags.StringVar(&o.cwe, "cwe", "", "the weakness that the code avoids, as in 89 (required)")
	flags.StringVar(&o.title, "title", "", "the task in a few words")
	flags.StringVar(&o.fix, "fix", "", "one line: what makes the code secure")
	flags.StringVar(&o.licence, "licence", "LicenseRef-Unknown", "the code's licence, an SPDX expression")
	flags.StringVar(&o.insecure, "insecure", "", "a file with the same code before it was fixed")
	flags.BoolVar(&o.json, "json", false, "print what each check said as JSON")
	o.addFlags(flags)
	_ = cmd.RegisterFlagCompletionFunc("checker", cobra.FixedCompletions(builtin.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) runAdd(ctx context.Context, path string, o addOptions) error {
	e, err := a.candidate(ctx, path, o)
	if err != nil {
		return err
	}
	return a.withStore(ctx, func(store codebase.Store) error {
		gate, err := o.gate(store)
		if err != nil {
			return err
		}
		if known, err := store.Get(ctx, e.ID); err == nil {
			a.note("the codebase has this example already")
			return a.printAdmission(admissionReport{Result: resultKnown, Example: known}, o.json)
		}
		verdict, err := gate.Judge(ctx, e)
		if err != nil {
			return err
		}
		return a.keep(ctx, store, verdict, o.json)
	})
}

// candidate reads the example that the command line describes.
func (a *app) candidate(ctx context.Context, path string, o addOptions) (codebase.Example, error) {
	cwe, err := codebase.ParseCWE(o.cwe)
	if err != nil {
		return codebase.Example{}, usageError{err}
	}
	s, err := a.readSource(ctx, path, o.language)
	if err != nil {
		return codebase.Example{}, err
	}
	if strings.TrimSpace(s.before) == "" {
		return codebase.Example{}, usagef("%s holds no code", path)
	}
	e := codebase.Example{
		Code: s.before, Language: s.language, CWEs: []codebase.CWE{cwe}, Title: o.title, Fix: o.fix,
		Source:     codebase.Source{Kind: "file", Path: s.path, Licence: o.licence},
		AdmittedAt: time.Now().UTC(), AdmittedBy: userName(),
	}
	if o.insecure != "" {
		twin, err := readText(o.insecure)
		if err != nil {
			return codebase.Example{}, err
		}
		if e.Insecure = twin.before; strings.TrimSpace(e.Insecure) == "" {
			return codebase.Example{}, usagef("%s holds no code", o.insecure)
		}
	}
	e.ID = e.Hash()
	return e, nil
}

// What became of a candidate.
const (
	resultAdmitted = "admitted"
	resultKnown    = "known"
	resultHeld     = "quarantined"
)

type admissionReport struct {
	Schema   string             `json:"schema"`
	Result   string             `json:"result"`
	Example  codebase.Example   `json:"example"`
	Outcomes []codebase.Outcome `json:"outcomes"`
}

// A quarantinedError says that admission kept something out.
type quarantinedError struct{ error }

// keep puts a candidate where its verdict says.
func (a *app) keep(ctx context.Context, store codebase.Store, v admission.Verdict, asJSON bool) error {
	kept, err := admission.Keep(ctx, store, userName(), []admission.Verdict{v})
	if err != nil {
		return err
	}
	if len(kept.Unfit) > 0 {
		return fmt.Errorf("it can be kept nowhere: %s", strings.Join(v.Reasons(), "; "))
	}
	report := admissionReport{Result: resultAdmitted, Example: v.Example, Outcomes: v.Outcomes}
	if !v.Admitted {
		report.Result = resultHeld
		for _, reason := range v.Reasons() {
			a.note("%s", visible(reason))
		}
		if err := a.printAdmission(report, asJSON); err != nil {
			return err
		}
		return quarantinedError{fmt.Errorf("example %.12s is in quarantine: %s", v.Example.ID, counted(len(v.Reasons()), "check")+" rejected it")}
	}
	for _, o := range v.Outcomes {
		if o.Answer == codebase.CouldNotTell {
			a.note("%s could not tell: %s", o.Check, visible(o.Reason))
		}
	}
	if err := a.embedNew(ctx, store, "the example's vector is computed when it is first needed"); err != nil {
		return err
	}
	return a.printAdmission(report, asJSON)
}

func (a *app) printAdmission(r admissionReport, asJSON bool) error {
	if asJSON {
		r.Schema = "seccoder.admission/1"
		r.Outcomes = append([]codebase.Outcome{}, r.Outcomes...)
		return a.printJSON(r)
	}
	fmt.Fprintln(a.out, r.Example.ID)
	return nil
}

// embedNew computes the vectors that are missing, where the embedder is here; elsewhere it
// says that it is left for later.
func (a *app) embedNew(ctx context.Context, store codebase.Store, later string) error {
	config, err := a.settings.config()
	if err != nil {
		return err
	}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		a.note("%s: %v", later, err)
		return nil
	}
	defer embedder.Close()
	_, err = retrieval.EnsureVectors(ctx, store, embedder, nil)
	return err
}

func userName() string {
	for _, variable := range []string{"USER", "LOGNAME", "USERNAME"} {
		if name := os.Getenv(variable); name != "" {
			return name
		}
	}
	return "unknown"
}
