package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder"
)

func newEval(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use:   "eval",
		Short: "Measure how secure completions are, and compare methods and models",
		Long: `Let models complete the scenarios of a suite by several methods, judge every
completion in the sandbox, and turn the verdicts into security rates with intervals.
docs/evaluate.md describes run files, suites and metrics.`,
		Example: `  seccoder eval run --suite own --method none --method default --limit 4
  seccoder eval run table.toml
  seccoder eval report last --output report.html`,
	}, newEvalRun(a), newEvalResume(a), newEvalCompare(a), newEvalReport(a), newEvalList(a), newEvalJudge(a), newEvalRetrieval(a), newEvalExport(a), newEvalImport(a))
}

// oneRun marks flags that are no settings: what a user has set for complete must not
// change what an evaluation measures.
func oneRun(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations == nil {
			f.Annotations = map[string][]string{}
		}
		f.Annotations[notASetting] = []string{"true"}
	})
}

// addEvalDir adds the flag that says where runs are kept.
func addEvalDir(flags *pflag.FlagSet, dir *string) {
	flags.StringVar(dir, "dir", "", "folder that keeps runs and samples (default: eval in the user's data folder, under seccoder)")
}

// evalDir is the folder that keeps runs.
func evalDir(dir string) (string, error) {
	if dir != "" {
		return filepath.Abs(dir)
	}
	store, err := seccoder.DefaultStorePath()
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(store), "eval"), nil
}

// isFolder reports whether there is a folder at the path.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
