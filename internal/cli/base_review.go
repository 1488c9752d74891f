package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
)

type quarantineReport struct {
	Schema string          `json:"schema"`
	Held   []codebase.Held `json:"held"`
}

type reviewOptions struct {
	all, accept, refuse, json bool
	note                      string
}

func newBaseReview(a *app) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review [ID]",
		Short: "Show what is in quarantine and why; accept or refuse it",
		Long: `Without an id, list the examples that admission kept out and nobody has decided on,
with the reasons. With an id, or the beginning of one, show that example: what each
check said, what was decided before, and the code.

Whoever accepts or refuses says why, and is recorded with the note. What is accepted is
an example from then on; what is refused is kept out when it comes again, and may be
accepted later.`,
		Example: `  seccoder base review
  seccoder base review 3f2a91
  seccoder base review 3f2a91 --accept --note "the key is a test vector of RFC 6979"
  seccoder base review 3f2a91 --refuse --note "the query is still built from text"`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.accept && o.refuse:
				return commandLinef(cmd, "--accept and --refuse cannot be together")
			case (o.accept || o.refuse) && len(args) == 0:
				return commandLinef(cmd, "which example? give its id")
			case (o.accept || o.refuse) && strings.TrimSpace(o.note) == "":
				return commandLinef(cmd, "--note is missing: why?")
			case !o.accept && !o.refuse && o.note != "":
				return commandLinef(cmd, "--note without --accept or --refuse")
			}
			return a.withQuarantine(cmd.Context(), func(store codebase.Store, q codebase.Quarantine) error {
				if len(args) == 0 {
					return a.listHeld(cmd.Context(), q, o)
				}
				return a.review(cmd.Context(), store, q, args[0], o)
			})
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.all, "all", false, "list what was decided on, too")
	flags.BoolVar(&o.accept, "accept", false, "make it an example")
	flags.BoolVar(&o.refuse, "refuse", false, "keep it out for good")
	flags.StringVar(&o.note, "note", "", "why it is accepted or refused, in one line")
	flags.BoolVar(&o.json, "json", false, "print as JSON")
	return cmd
}

func (a *app) withQuarantine(ctx context.Context, run func(codebase.Store, codebase.Quarantine) error) error {
	return a.withStore(ctx, func(store codebase.Store) error {
		q, ok := store.(codebase.Quarantine)
		if !ok {
			return errors.New("the store has no quarantine")
		}
		return run(store, q)
	})
}

func (a *app) listHeld(ctx context.Context, q codebase.Quarantine, o reviewOptions) error {
	filter := codebase.HeldFilter{State: codebase.Waiting}
	if o.all {
		filter.State = ""
	}
	report := quarantineReport{Schema: "seccoder.quarantine/1", Held: []codebase.Held{}}
	count := 0
	for h, err := range q.AllHeld(ctx, filter) {
		if err != nil {
			return err
		}
		if count++; o.json {
			report.Held = append(report.Held, h)
			continue
		}
		state := ""
		if o.all {
			state = string(h.State) + "  "
		}
		e := h.Example
		fmt.Fprintf(a.out, "%.12s  %s%s  %s  %s\n", e.ID, state, visible(string(e.Language)), cweNames(e.CWEs), visible(e.Title))
		for _, reason := range h.Reasons() {
			fmt.Fprintf(a.out, "              %s\n", visible(reason))
		}
	}
	if o.json {
		return a.printJSON(report)
	}
	if count == 0 {
		a.note("nothing waits for review")
	}
	return nil
}

func (a *app) review(ctx context.Context, store codebase.Store, q codebase.Quarantine, beginning string, o reviewOptions) error {
	h, err := q.GetHeld(ctx, beginning)
	if err != nil {
		return err
	}
	id := h.Example.ID
	switch {
	case o.accept:
		if _, err := q.Accept(ctx, id, userName(), o.note); err != nil {
			return err
		}
		if err := a.embedNew(ctx, store, "the example's vector is computed when it is first needed"); err != nil {
			return err
		}
		a.note("example %.12s is accepted", id)
	case o.refuse:
		if err := q.Refuse(ctx, id, userName(), o.note); err != nil {
			return err
		}
		a.note("example %.12s is refused", id)
	}
	if o.json {
		if h, err = q.GetHeld(ctx, id); err != nil {
			return err
		}
		return a.printJSON(quarantineReport{"seccoder.quarantine/1", []codebase.Held{h}})
	}
	if !o.accept && !o.refuse {
		a.showHeld(h)
	}
	return nil
}

// showHeld writes what is known about a held example to standard error and its code to
// standard output.
func (a *app) showHeld(h codebase.Held) {
	e := h.Example
	a.note("%s %s: %s\n%s\n%s, %s, %s\n", cweNames(e.CWEs), visible(string(e.Language)), visible(e.Title), visible(e.Fix),
		visible(strings.TrimSpace(e.Source.Kind+" "+e.Source.Repository+" "+e.Source.Path)), visible(e.Source.Licence), h.State)
	if !a.quiet {
		table := tabwriter.NewWriter(a.err, 0, 0, 2, ' ', 0)
		for _, outcome := range h.Outcomes {
			fmt.Fprintf(table, "%s\t%s\t%s\n", visible(outcome.Check), visible(string(outcome.Answer)), visible(outcome.Reason))
		}
		_ = table.Flush()
		for _, event := range h.History {
			fmt.Fprintf(a.err, "%s %s by %s%s\n", event.At.Format(time.DateOnly), event.What, visible(event.By), visible(noteOf(event)))
		}
		fmt.Fprintln(a.err)
	}
	fmt.Fprintln(a.out, a.shown(a.out, strings.TrimRight(e.Code, "\n")))
	if e.Insecure != "" {
		a.note("\nthe twin has %s; --json shows it", counted(strings.Count(strings.TrimRight(e.Insecure, "\n"), "\n")+1, "line"))
	}
}

func noteOf(e codebase.Event) string {
	if e.Note == "" {
		return ""
	}
	return ": " + e.Note
}
