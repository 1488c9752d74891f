package cli

import (
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
)

const runsSchema = "seccoder.runs/1"

type runsReport struct {
	Schema string      `json:"schema"`
	Dir    string      `json:"dir"`
	Runs   []runReport `json:"runs"`
}

type runReport struct {
	eval.RunRecord
	Complete bool `json:"complete"`
}

func newEvalList(a *app) *cobra.Command {
	var dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the runs",
		Example: `  seccoder eval list`,
		Args:    argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := evalDir(dir)
			if err != nil {
				return err
			}
			store, err := eval.OpenStore(cmd.Context(), path)
			if err != nil {
				return err
			}
			defer store.Close()
			runs, err := store.Runs(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				report := runsReport{runsSchema, path, []runReport{}}
				for _, r := range runs {
					report.Runs = append(report.Runs, runReport{r, r.Complete()})
				}
				return a.printJSON(report)
			}
			if len(runs) == 0 {
				a.note("no runs in %s yet", path)
			}
			table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, r := range runs {
				limit := ""
				if r.Limit > 0 {
					limit = fmt.Sprintf(", --limit %d", r.Limit)
				}
				fmt.Fprintf(table, "%s\t%s\t%s\t%d of %d samples%s\n", visible(r.ID), r.UpdatedAt.Local().Format(time.DateTime), runState(r), r.Done, r.Wanted, limit)
			}
			if err := table.Flush(); err != nil {
				return err
			}
			if slices.ContainsFunc(runs, func(r eval.RunRecord) bool { return !r.Complete() }) {
				a.note("seccoder eval resume RUN goes on with a run, and judges what is not judged")
			}
			return nil
		},
	}
	addEvalDir(cmd.Flags(), &dir)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the runs as JSON (docs/json.md)")
	oneRun(cmd.Flags())
	return cmd
}

// runState says how far a run is. One that has all its samples may lack judgements alone.
func runState(r eval.RunRecord) string {
	switch {
	case r.Complete():
		return "complete"
	case r.Done < r.Wanted || r.Unjudged == 0:
		return "unfinished"
	case r.Unjudged == r.Done:
		return "generated, not judged"
	}
	return fmt.Sprintf("generated, %d not judged", r.Unjudged)
}
