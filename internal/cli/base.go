package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func newBase(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use:   "base",
		Short: "Look at the secure codebase and add to it",
		Example: `  seccoder base list --lang python
  seccoder base add fixed.py --cwe 89 --licence MIT
  seccoder base review`,
	}, newBaseList(a), newBaseShow(a), newBaseAdd(a), newBaseImport(a), newBaseMine(a), newBaseReview(a), newBaseRemove(a),
		newBaseStats(a), newBaseExport(a), newBaseKey(a), newBaseVerify(a), newBasePush(a), newBasePull(a))
}

const baseSchema = "seccoder.examples/1"

type examplesReport struct {
	Schema   string             `json:"schema"`
	Examples []codebase.Example `json:"examples"`
}

// filterOptions are the flags that choose examples.
type filterOptions struct{ language, cwe, source, since string }

func (o *filterOptions) addFlags(flags *pflag.FlagSet) {
	o.addFlagsButCWE(flags)
	flags.StringVar(&o.cwe, "cwe", "", "only examples of this CWE, as in 89")
}

func (o *filterOptions) addFlagsButCWE(flags *pflag.FlagSet) {
	flags.StringVarP(&o.language, "lang", "l", "", "only examples that serve this language: "+languageNames())
	flags.StringVar(&o.source, "source", "", "only examples from this kind of source: "+strings.Join(codebase.SourceKinds(), ", "))
	flags.StringVar(&o.since, "since", "", "only examples admitted on this day or later, as in 2026-01-31")
}

func (o *filterOptions) filter() (codebase.Filter, error) {
	f, err := parseFilter(o.language, o.cwe)
	if err != nil {
		return f, err
	}
	if o.source != "" && !slices.Contains(codebase.SourceKinds(), o.source) {
		return f, usagef("--source %s: unknown (known: %s)", o.source, strings.Join(codebase.SourceKinds(), ", "))
	}
	f.SourceKind = o.source
	if o.since == "" {
		return f, nil
	}
	if f.Since, err = time.ParseInLocation(time.DateOnly, o.since, time.Local); err == nil {
		return f, nil
	}
	if f.Since, err = time.Parse(time.RFC3339, o.since); err != nil {
		return f, usagef("--since %s: expected a day, as in 2026-01-31, or a time, as in 2026-01-31T12:00:00Z", o.since)
	}
	return f, nil
}

func newBaseList(a *app) *cobra.Command {
	var o filterOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the examples",
		Example: `  seccoder base list
  seccoder base list --lang python --cwe 89 --json
  seccoder base list --source git --since 2026-01-31`,
		Args: argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := o.filter()
			if err != nil {
				return err
			}
			return a.withStore(cmd.Context(), func(store codebase.Store) error { return a.listExamples(cmd.Context(), store, filter, asJSON) })
		},
	}
	o.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the examples as JSON")
	return cmd
}

func parseFilter(language, cwe string) (codebase.Filter, error) {
	var f codebase.Filter
	var err error
	if language != "" {
		if f.Language, err = lang.Parse(language); err != nil {
			return f, usageError{err}
		}
	}
	if cwe != "" {
		if f.CWE, err = codebase.ParseCWE(cwe); err != nil {
			return f, usageError{err}
		}
	}
	return f, nil
}

func (a *app) listExamples(ctx context.Context, store codebase.Store, filter codebase.Filter, asJSON bool) error {
	report := examplesReport{Schema: baseSchema, Examples: []codebase.Example{}}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for e, err := range store.Examples(ctx, filter) {
		if err != nil {
			return err
		}
		if asJSON {
			report.Examples = append(report.Examples, e)
			continue
		}
		fmt.Fprintf(table, "%.12s\t%s\t%s\t%s\t%s\n", e.ID, visible(string(e.Language)), cweNames(e.CWEs), visible(e.Source.Kind), visible(e.Title))
	}
	if asJSON {
		return a.printJSON(report)
	}
	return table.Flush()
}

func cweNames(cwes []codebase.CWE) string {
	names := make([]string, len(cwes))
	for i, c := range cwes {
		names[i] = c.String()
	}
	return strings.Join(names, " ")
}

func newBaseShow(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show ID",
		Short:   "Show one example; the beginning of its id is enough",
		Example: `  seccoder base show 3f2a91`,
		Args:    argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(store codebase.Store) error {
				e, err := store.Get(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(examplesReport{baseSchema, []codebase.Example{e}})
				}
				a.note("%s %s: %s\n%s\n%s, %s, admitted %s by %s\n", cweNames(e.CWEs), visible(string(e.Language)), visible(e.Title), visible(e.Fix),
					visible(strings.TrimSpace(e.Source.Kind+" "+e.Source.Path)), visible(e.Source.Licence), e.AdmittedAt.Format(time.DateOnly), visible(e.AdmittedBy))
				fmt.Fprintln(a.out, a.shown(a.out, strings.TrimRight(e.Code, "\n")))
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the example as JSON")
	return cmd
}

type removalReport struct {
	Schema  string   `json:"schema"`
	Removed []string `json:"removed"`
}

func newBaseRemove(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "remove ID…",
		Short:   "Remove examples; the beginnings of their ids are enough",
		Example: `  seccoder base remove 3f2a91`,
		Args:    argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(store codebase.Store) error {
				ids := make([]string, len(args))
				for i, beginning := range args {
					e, err := store.Get(cmd.Context(), beginning)
					if err != nil {
						return err
					}
					ids[i] = e.ID
				}
				removed, err := store.Remove(cmd.Context(), ids...)
				a.note("removed %s", counted(removed, "example"))
				if err != nil || !asJSON {
					return err
				}
				return a.printJSON(removalReport{"seccoder.removal/1", ids})
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the ids as JSON")
	return cmd
}

// withStore runs something on the store of the settings.
func (a *app) withStore(ctx context.Context, run func(codebase.Store) error) error {
	config, err := a.config()
	if err != nil {
		return err
	}
	store, err := config.OpenStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return run(store)
}
