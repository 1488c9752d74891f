package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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
	measured
	Complete bool `json:"complete"`
}

func newEvalList(a *app) *cobra.Command {
	var dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the runs",
		Long: `List the runs: when something was last recorded, how far each is, and what it measures
(suites, models, methods, n and seeds). On a terminal what is too long for the line is cut;
in a pipe and in --json it is whole.`,
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
					report.Runs = append(report.Runs, runReport{r, measuredOf(r), r.Complete()})
				}
				return a.printJSON(report)
			}
			if len(runs) == 0 {
				a.note("no runs in %s yet", path)
			}
			if err := printRuns(a.out, runs, lineWidth(a.out)); err != nil {
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

// printRuns prints a table with a line for each run, of so many characters where width is
// not 0.
func printRuns(w io.Writer, runs []eval.RunRecord, width int) error {
	const space = 2
	rows := make([][]string, len(runs))
	var widths [4]int
	for i, r := range runs {
		rows[i] = []string{visible(r.ID), r.UpdatedAt.Local().Format("2006-01-02 15:04"), runState(r), fmt.Sprintf("%d of %d samples", r.Done, r.Wanted)}
		for column, cell := range rows[i] {
			widths[column] = max(widths[column], utf8.RuneCountInString(cell)+space)
		}
	}
	left := math.MaxInt
	if width > 0 {
		left = max(width-widths[0]-widths[1]-widths[2]-widths[3], leastMeasured)
	}
	table := tabwriter.NewWriter(w, 0, 0, space, ' ', 0)
	for i, r := range runs {
		parts := measuredOf(r).inShort(r.Limit)
		for part := range parts {
			parts[part] = visible(parts[part])
		}
		fmt.Fprintf(table, "%s\t%s\n", strings.Join(rows[i], "\t"), fit(parts, left))
	}
	return table.Flush()
}

const (
	// leastMeasured is what is left to say what is measured, however narrow the terminal is.
	leastMeasured = 40
	// usualWidth is that of a terminal which does not tell its own.
	usualWidth = 120
)

// lineWidth is the number of characters of a terminal's line; 0 for what is none.
func lineWidth(w io.Writer) int {
	if !isTerminal(w) {
		return 0
	}
	if width, _, err := term.GetSize(int(file(w).Fd())); err == nil && width > 0 {
		return width
	}
	return usualWidth
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
