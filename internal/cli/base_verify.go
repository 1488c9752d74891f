package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/codebase/bundle"
)

type verifyOptions struct {
	gateOptions
	filterOptions
	key          string
	checks, json bool
}

func newBaseVerify(a *app) *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify [BUNDLE]",
		Short: "Look again whether the examples are what was admitted",
		Long: `Without a bundle: read the whole store, and compare every example's id with the hash
of its code. With --checks, put every example to admission again, by the checks and
checkers of today; what a person let in by review is told, and does not count.

With a bundle, that base export --sign wrote: verify its signature by the public key of
who made it, and every example's id. With --checks its examples are put to admission,
too, whatever reviews they bring along; nothing is added.`,
		Example: `  seccoder base verify
  seccoder base verify --checks --source git
  seccoder base verify team.jsonl --key team.key.pub`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				if o.key != "" {
					return commandLinef(cmd, "--key is for a bundle")
				}
				return a.withStore(cmd.Context(), func(store codebase.Store) error { return a.verifyStore(cmd.Context(), store, o) })
			}
			if o.key == "" {
				return commandLinef(cmd, "--key is missing: whose bundle should it be?")
			}
			return a.verifyBundle(cmd.Context(), args[0], o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.key, "key", "", "the public key of who signed the bundle: its file, or the key itself")
	flags.BoolVar(&o.checks, "checks", false, "put the examples to admission again")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON")
	o.filterOptions.addFlags(flags)
	o.gateOptions.addFlags(flags)
	_ = cmd.RegisterFlagCompletionFunc("checker", cobra.FixedCompletions(builtin.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// A verifyReport is what was found wrong, and what was looked at.
type verifyReport struct {
	Schema   string `json:"schema"`
	Examples int    `json:"examples"`
	// Signature is the signed comment of a bundle.
	Signature string `json:"signature,omitempty"`
	// Checks are those that were asked, with versions; none without --checks.
	Checks []string `json:"checks"`
	// Rejected counts, Reviewed are rejected, too, but were let in by a person.
	Rejected []verifyRejection `json:"rejected"`
	Reviewed []verifyRejection `json:"reviewed"`
	// ownReviews: what the examples say of reviews was written by this store, and counts.
	ownReviews bool
}

type verifyRejection struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Reasons []string `json:"reasons"`
}

// A checked store can look whether its file is sound.
type checkedStore interface {
	Check(ctx context.Context) error
}

func (a *app) verifyStore(ctx context.Context, store codebase.Store, o verifyOptions) error {
	if s, ok := store.(checkedStore); ok {
		if err := s.Check(ctx); err != nil {
			return err
		}
	}
	filter, err := o.filter()
	if err != nil {
		return err
	}
	return a.verify(ctx, verifyReport{ownReviews: true}, store.Examples(ctx, filter), o)
}

func (a *app) verifyBundle(ctx context.Context, path string, o verifyOptions) error {
	key, err := bundle.PublicKey(o.key)
	if err != nil {
		return usageError{err}
	}
	filter, err := o.filter()
	if err != nil {
		return err
	}
	if filter != (codebase.Filter{}) {
		return usagef("a bundle is verified as a whole: leave --lang, --cwe, --source and --since out")
	}
	b, err := bundle.Open(path, key)
	if err != nil {
		return err
	}
	defer b.Close()
	return a.verify(ctx, verifyReport{Signature: b.Comment}, b.Examples(), o)
}

// verifyBatch is how many examples are put to admission together.
const verifyBatch = 200

func (a *app) verify(ctx context.Context, r verifyReport, examples iter.Seq2[codebase.Example, error], o verifyOptions) error {
	// Not against the store: each would be the duplicate of itself.
	gate, err := o.gate(nil)
	if err != nil {
		return err
	}
	r.Schema, r.Checks, r.Rejected, r.Reviewed = "seccoder.base-verify/1", []string{}, []verifyRejection{}, []verifyRejection{}
	if o.checks {
		r.Checks = gate.Checks()
	}
	var batch []codebase.Example
	flush := func() error {
		if !o.checks || len(batch) == 0 {
			return nil
		}
		verdicts, err := gate.JudgeAll(ctx, batch)
		if err != nil {
			return err
		}
		for i, v := range verdicts {
			r.note(batch[i], v)
		}
		batch = batch[:0]
		return nil
	}
	for e, err := range examples {
		if err != nil {
			return err
		}
		r.Examples++
		if err := e.Validate(); err != nil {
			r.Rejected = append(r.Rejected, verifyRejection{e.ID, e.Title, []string{"valid: " + err.Error()}})
			continue
		}
		if batch = append(batch, e); len(batch) == verifyBatch {
			if err := flush(); err != nil {
				return err
			}
		}
		if !o.checks {
			batch = batch[:0]
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return a.verified(r, o)
}

// note takes in a verdict. What a person let in was rejected before.
func (r *verifyReport) note(e codebase.Example, v admission.Verdict) {
	if v.Admitted {
		return
	}
	rejection := verifyRejection{e.ID, e.Title, v.Reasons()}
	if r.ownReviews && reviewed(e) {
		r.Reviewed = append(r.Reviewed, rejection)
		return
	}
	r.Rejected = append(r.Rejected, rejection)
}

// verified prints the report, and is the error that it stands for.
func (a *app) verified(r verifyReport, o verifyOptions) error {
	if o.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		for _, rejected := range r.Rejected {
			fmt.Fprintf(a.out, "%.12s  %s\n", rejected.ID, visible(rejected.Title))
			for _, reason := range rejected.Reasons {
				fmt.Fprintf(a.out, "              %s\n", visible(reason))
			}
		}
		if r.Signature != "" {
			a.note("the signature is right: %s", visible(r.Signature))
		}
		a.note("%s looked at, %d rejected, %d more let in by review", counted(r.Examples, "example"), len(r.Rejected), len(r.Reviewed))
	}
	if len(r.Rejected) > 0 {
		return findingsError{errors.New(counted(len(r.Rejected), "example") + " would not be admitted today")}
	}
	return nil
}
