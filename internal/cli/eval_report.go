package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/report"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// formatJSON is all of a run's results as they are.
const formatJSON report.Format = "json"

func newEvalReport(a *app) *cobra.Command {
	var dir, format, output string
	cmd := &cobra.Command{
		Use:   "report RUN",
		Short: "Make a report of a run: HTML, Markdown, LaTeX, CSV or JSON",
		Long: `Make a report of a run, finished or not. Its name, or the beginning of its id, is
enough; "last" is the run that was begun last. The form follows the ending of --output;
standard output gets Markdown.`,
		Example: `  seccoder eval report last --output report.html
  seccoder eval report table-3f2a91 --format latex`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := reportFormat(format, output)
			if err != nil {
				return usageError{err}
			}
			results, err := a.resultsOf(cmd.Context(), args[0], dir)
			if err != nil {
				return err
			}
			if !results.Run.Complete() {
				a.warn("run %s is not complete: it has %d of %d samples, %d of them not judged; seccoder eval resume %s goes on from there",
					results.Run.ID, results.Run.Done, results.Run.Wanted, results.Run.Unjudged, results.Run.ID)
			}
			write := func(w io.Writer) error {
				if chosen == formatJSON {
					return writeJSON(w, results)
				}
				return report.Write(w, chosen, results)
			}
			if output == "" {
				return write(a.out)
			}
			if err := atomicfile.Write(output, 0o644, write); err != nil {
				return fmt.Errorf("write report %s: %w", output, err)
			}
			a.note("wrote %s", output)
			return nil
		},
	}
	flags := cmd.Flags()
	addEvalDir(flags, &dir)
	flags.StringVar(&output, "output", "", "file to write (default: standard output)")
	flags.StringVar(&format, "format", "", "form: "+strings.Join(reportFormats(), ", ")+" (default: by the ending of --output)")
	oneRun(flags)
	return cmd
}

func reportFormats() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, string(f))
	}
	return append(names, string(formatJSON))
}

func reportFormat(format, output string) (report.Format, error) {
	switch {
	case format != "":
		if !slices.Contains(reportFormats(), format) {
			return "", fmt.Errorf("--format %q: expected %s", format, strings.Join(reportFormats(), ", "))
		}
		return report.Format(format), nil
	case output == "":
		return report.FormatMarkdown, nil
	case strings.EqualFold(filepath.Ext(output), ".json"):
		return formatJSON, nil
	default:
		format, err := report.FormatOf(output)
		if err != nil {
			return "", fmt.Errorf("%w, and .json for everything", err)
		}
		return format, nil
	}
}

// resultsOf are the results of a run, collected anew if it was killed.
func (a *app) resultsOf(ctx context.Context, id, dir string) (results *eval.Results, err error) {
	err = a.withRunner(ctx, dir, func(runner *eval.Runner) error {
		if results, err = runner.Results(ctx, id); err != nil {
			return runError(err)
		}
		record, err := runner.Store.Run(ctx, results.Run.ID)
		if err == nil {
			a.warnOfOlder(record)
		}
		return runError(err)
	})
	return results, err
}

// warnOfOlder says that a run was begun again and has not come as far as before, so that its
// results are those of then.
func (a *app) warnOfOlder(run eval.RunRecord) {
	if run.Older() {
		a.warn("run %s was begun again and has not come as far: these are its results of %s; seccoder eval resume %s goes on",
			run.ID, run.UpdatedAt.Local().Format("2006-01-02 15:04"), run.ID)
	}
}

// withRunner opens the runs of a folder for the time of a call, which judges nothing.
func (a *app) withRunner(ctx context.Context, dir string, use func(*eval.Runner) error) (err error) {
	path, err := evalDir(dir)
	if err != nil {
		return err
	}
	store, err := eval.OpenStore(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	bench, err := a.newEvalBench(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.close()) }()
	bench.suites.unjudged = true
	return use(&eval.Runner{Store: store, Bench: bench})
}
