package cli

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func newBase(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use:   "base",
		Short: "Look at the secure codebase and add to it",
		Example: `  seccoder base list --lang python
  seccoder base add fixed.py --cwe 89`,
	}, newBaseList(a), newBaseShow(a), newBaseAdd(a), newBaseImport(a), newBaseMine(a), newBaseRemove(a))
}

const baseSchema = "seccoder.examples/1"

type examplesReport struct {
	Schema   string             `json:"schema"`
	Examples []codebase.Example `json:"examples"`
}

func newBaseList(a *app) *cobra.Command {
	var language, cwe string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the examples",
		Example: `  seccoder base list
  seccoder base list --lang python --cwe 89 --json`,
		Args: argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := parseFilter(language, cwe)
			if err != nil {
				return err
			}
			return a.withStore(cmd.Context(), func(store codebase.Store) error { return a.listExamples(cmd.Context(), store, filter, asJSON) })
		},
	}
	cmd.Flags().StringVarP(&language, "lang", "l", "", "only examples that serve this language: "+languageNames())
	cmd.Flags().StringVar(&cwe, "cwe", "", "only examples of this CWE, as in 89")
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

type addOptions struct {
	language, cwe, title, fix, licence string
}

func newBaseAdd(a *app) *cobra.Command {
	var o addOptions
	cmd := &cobra.Command{
		Use:   "add FILE",
		Short: "Add a file's code as an example",
		Long: `Add the code of a file to the secure codebase, and compute its vector, so that it is
found at once. Nothing checks yet that the code is secure: add what you have
reviewed.`,
		Example: `  seccoder base add fixed.py --cwe 89 --title "report by month" --fix "the month is a bound parameter"`,
		Args:    argCount(1, 1),
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
	return cmd
}

func (a *app) runAdd(ctx context.Context, path string, o addOptions) error {
	cwe, err := codebase.ParseCWE(o.cwe)
	if err != nil {
		return usageError{err}
	}
	s, err := a.readSource(ctx, path, o.language)
	if err != nil {
		return err
	}
	if strings.TrimSpace(s.before) == "" {
		return usagef("%s holds no code", path)
	}
	e := codebase.Example{
		Code: s.before, Language: s.language, CWEs: []codebase.CWE{cwe}, Title: o.title, Fix: o.fix,
		Source:     codebase.Source{Kind: "file", Path: s.path, Licence: o.licence},
		AdmittedAt: time.Now().UTC(), AdmittedBy: userName(),
	}
	e.ID = e.Hash()
	return a.withStore(ctx, func(store codebase.Store) error { return a.addExample(ctx, store, e) })
}

// addExample puts an example in and computes its vector, where the embedder is here.
func (a *app) addExample(ctx context.Context, store codebase.Store, e codebase.Example) error {
	added, err := store.Add(ctx, e)
	if err != nil {
		return err
	}
	config, err := a.settings.config()
	if err != nil {
		return err
	}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		a.note("the example's vector is computed when it is first needed: %v", err)
	} else {
		defer embedder.Close()
		if _, err := retrieval.EnsureVectors(ctx, store, embedder, nil); err != nil {
			return err
		}
	}
	if added == 0 {
		a.note("the codebase has this example already")
	}
	fmt.Fprintln(a.out, e.ID)
	return nil
}

func userName() string {
	for _, variable := range []string{"USER", "LOGNAME", "USERNAME"} {
		if name := os.Getenv(variable); name != "" {
			return name
		}
	}
	return "unknown"
}

func newBaseRemove(a *app) *cobra.Command {
	return &cobra.Command{
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
				return err
			})
		},
	}
}

// withStore runs something on the store of the settings.
func (a *app) withStore(ctx context.Context, run func(codebase.Store) error) error {
	config, err := a.settings.config()
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
