package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/eval"
)

// evalRunOptions are the flags of run. Those of the plan stand for a run file in simple
// cases.
type evalRunOptions struct {
	suites, scenarios []string
	methods           []string
	codebase, coder   string
	n, maxTokens, k   int
	seeds             []int
	temperature, topP float64
	evalGoOptions
}

// evalGoOptions are the flags of run and resume.
type evalGoOptions struct {
	dir           string
	limit, judges int
	rejudge       bool
	generateOnly  bool
}

func (o *evalGoOptions) addFlags(flags *pflag.FlagSet) {
	addEvalDir(flags, &o.dir)
	flags.IntVar(&o.limit, "limit", 0, "take so many scenarios of each suite, to try a little first (0: all)")
	flags.IntVar(&o.judges, "judges", 0, "programs to judge at once while a model generates (0: half of the cores)")
	flags.BoolVar(&o.rejudge, "rejudge", false, "judge again what was judged before")
	flags.BoolVar(&o.generateOnly, "generate-only", false, "judge nothing, here; needs no sandbox")
}

func newEvalRun(a *app) *cobra.Command {
	var o evalRunOptions
	cmd := &cobra.Command{
		Use:   "run [FILE.toml]",
		Short: "Run an evaluation, or the rest of it",
		Long: `Let models complete the scenarios of suites by several methods, and judge every
completion. A run file says what to measure (docs/evaluate.md); for simple cases flags
do. Models are those of --model, separated by commas, or that of --server.

The method default is what seccoder complete does, with two demonstrations, or none where
it is in doubt. fused, dense, bm25 and random always show one, as in the paper, unless
--top-k or, for fused, --abstain-below says otherwise.

All samples are kept, so running again goes on where a run ended, however it ended, and
a changed run file costs only what is new in it.`,
		Example: `  seccoder eval run table.toml
  seccoder eval run table.toml --limit 2
  seccoder eval run --suite own --model qwen2.5-coder-0.5b --method none --method default
  seccoder eval run --suite sven:DIR --method none --method dense@sven:train --seed 1,2,3`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			plan, err := a.evalPlan(cmd, args, o)
			if err != nil {
				return err
			}
			return a.runEval(cmd.Context(), plan, o.evalGoOptions)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&o.suites, "suite", nil, "a suite, may be repeated: "+suiteNames())
	flags.StringArrayVar(&o.scenarios, "scenario", nil, "take these scenarios only, may be repeated: test, validation, an id or a part of it such as cwe-022, a pattern such as '*/*-c'")
	flags.StringArrayVar(&o.methods, "method", nil, "RETRIEVER[@CODEBASE], may be repeated: none, random, bm25, dense, fused, default")
	flags.StringVar(&o.codebase, "codebase", "starter", "codebase of the methods that name none: "+strings.Join(evalCodebases, ", ")+", or a SQLite file")
	flags.StringVar(&o.coder, "coder", eval.CoderPaper, "paper: completions as the model gives them; product: with retries of foreign names")
	flags.IntVarP(&o.n, "n", "n", eval.DefaultN, "samples of a scenario and seed")
	flags.IntSliceVar(&o.seeds, "seed", []int{eval.DefaultSeed}, "seeds, separated by commas")
	flags.Float64VarP(&o.temperature, "temperature", "t", eval.DefaultTemperature, "temperature; 0 takes the likeliest token at each step")
	flags.Float64Var(&o.topP, "top-p", eval.DefaultTopP, "sample from the likeliest tokens that hold this share of the probability")
	flags.IntVar(&o.maxTokens, "max-tokens", eval.DefaultMaxTokens, "largest length of a completion, in tokens")
	flags.IntVarP(&o.k, "top-k", "k", 0, fmt.Sprintf("number of demonstrations (0: %d of default, as the program shows, 1 of the others, as in the paper)", seccoder.DefaultTopK))
	o.addFlags(flags)
	oneRun(flags)
	return cmd
}

func newEvalResume(a *app) *cobra.Command {
	var o evalGoOptions
	cmd := &cobra.Command{
		Use:   "resume RUN",
		Short: "Go on with a run",
		Long: `Go on with a run where it ended, however it ended. Its name, or the beginning of its
id, is enough; "last" is the run that was begun last. What --limit left out stays out,
unless another --limit is given.`,
		Example: `  seccoder eval resume last
  seccoder eval resume table-3f2a91 --limit 0`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if name := changedFlag(cmd, planSettings); name != "" {
				return commandLinef(cmd, "--%s and a run that was begun: the run says what to measure; seccoder eval run measures something else", name)
			}
			plan, limit, err := a.keptPlan(cmd.Context(), args[0], o.dir)
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("limit") {
				o.limit = limit
			}
			return a.runEval(cmd.Context(), plan, o)
		},
	}
	o.addFlags(cmd.Flags())
	oneRun(cmd.Flags())
	return cmd
}

// keptPlan is the plan of a run that was begun, and the limit that it had.
func (a *app) keptPlan(ctx context.Context, id, dir string) (*eval.Plan, int, error) {
	store, err := a.openRuns(ctx, dir)
	if err != nil {
		return nil, 0, err
	}
	defer store.Close()
	record, err := store.Run(ctx, id)
	if err != nil {
		return nil, 0, runError(err)
	}
	plan, err := eval.ParsePlan(record.Plan, "run "+record.ID, "", a.known(ctx))
	if err != nil {
		return nil, 0, usageError{err}
	}
	return plan, record.Limit, nil
}

// runError makes the lack of a run the user's mistake.
func runError(err error) error {
	if errors.Is(err, eval.ErrNoRun) {
		return usageError{fmt.Errorf("%w; seccoder eval list shows the runs", err)}
	}
	return err
}

func (a *app) openRuns(ctx context.Context, dir string) (*eval.Store, error) {
	path, err := evalDir(dir)
	if err != nil {
		return nil, err
	}
	return eval.OpenStore(ctx, path)
}

// runEval runs a plan and prints what came of it.
func (a *app) runEval(ctx context.Context, plan *eval.Plan, o evalGoOptions) (err error) {
	if o.limit < 0 || o.judges < 0 {
		return usagef("--limit and --judges: expected 0 or more")
	}
	if o.rejudge && o.generateOnly {
		return usagef("--rejudge and --generate-only exclude each other")
	}
	dir, err := evalDir(o.dir)
	if err != nil {
		return err
	}
	store, err := eval.OpenStore(ctx, dir)
	if err != nil {
		return err
	}
	defer store.Close()
	unlock, err := lockRun(dir, plan.ID())
	if err != nil {
		return err
	}
	defer unlock()
	bench, err := a.newEvalBench(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.close()) }()
	bench.suites.unjudged = o.generateOnly
	shown := a.newEvalProgress(plan)
	runner := eval.Runner{Store: store, Bench: bench, Judges: o.judges, OnProgress: shown.at}
	results, err := runner.Run(ctx, plan, eval.RunOptions{Limit: o.limit, Rejudge: o.rejudge, GenerateOnly: o.generateOnly})
	shown.end()
	if errors.Is(err, eval.ErrNoScenario) {
		return usageError{err}
	}
	if results == nil {
		return err
	}
	if results.Run.Complete() && err == nil {
		a.printResults(results)
		a.note("run %s is complete: seccoder eval report %s --output report.html", results.Run.ID, results.Run.ID)
		return nil
	}
	if err == nil && o.generateOnly {
		a.note("%d of %d samples are generated, %d of them not judged; seccoder eval resume %s judges them",
			results.Run.Done, results.Run.Wanted, results.Run.Unjudged, results.Run.ID)
		return nil
	}
	if !o.generateOnly && (err == nil || onlyUnusable(err)) {
		a.printResults(results)
		a.warnUnjudged(results)
	}
	if err == nil {
		err = fmt.Errorf("%s could not be judged", counted(results.Run.Unjudged, "sample"))
	}
	a.note("run %s has %d of %d samples, %d of them not judged; seccoder eval resume %s goes on from there",
		results.Run.ID, results.Run.Done, results.Run.Wanted, results.Run.Unjudged, results.Run.ID)
	if kept, err := store.Run(context.WithoutCancel(ctx), results.Run.ID); err == nil && kept.Older() {
		a.note("until it has as much again, its reports are of what it had on %s: %d of %d samples, %d of them not judged",
			kept.UpdatedAt.Local().Format("2006-01-02 15:04"), kept.Done, kept.Wanted, kept.Unjudged)
	}
	return err
}

// onlyUnusable reports whether a run went to its end, and lacks but answers of a model.
func onlyUnusable(err error) bool {
	switch err := err.(type) { //nolint:errorlint // it is looked at every error in the tree
	case *eval.UnusableError:
		return true
	case interface{ Unwrap() []error }: // errors.Join's
		return !slices.ContainsFunc(err.Unwrap(), func(err error) bool { return !onlyUnusable(err) })
	}
	return false
}
