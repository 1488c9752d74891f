package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
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

// planFlags are those of run that a run file takes the place of.
var planFlags = []string{"suite", "scenario", "method", "codebase", "coder", "n", "max-tokens", "top-k", "seed", "temperature", "top-p"}

// planSettings are the flags of all commands that a run file, or the run that is gone on
// with, takes the place of.
var planSettings = append([]string{"model", "server", "context", "abstain-below", "retriever", "store"}, serverFlags...)

// serverFlags say how to ask a server.
var serverFlags = []string{"server-model", "server-api", "server-context", "server-key-env", "server-key-file"}

func newEvalRun(a *app) *cobra.Command {
	var o evalRunOptions
	cmd := &cobra.Command{
		Use:   "run [FILE.toml]",
		Short: "Run an evaluation, or the rest of it",
		Long: `Let models complete the scenarios of suites by several methods, and judge every
completion. A run file says what to measure (docs/evaluate.md); for simple cases flags
do. Models are those of --model, separated by commas, or that of --server.

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
		Long: `Go on with a run where it ended, however it ended. The beginning of its id is
enough; "last" is the run that was begun last. What --limit left out stays out, unless
another --limit is given.`,
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

// changedFlag is the first of the flags that the command line has, or empty. What the
// environment or the configuration file says of them is meant for other commands.
func changedFlag(cmd *cobra.Command, names []string) string {
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

// known checks what run files name.
func (a *app) known() eval.Known {
	return eval.Known{Suite: checkSuite, Codebase: checkCodebase}
}

// evalPlan is what the run file or the flags ask for.
func (a *app) evalPlan(cmd *cobra.Command, args []string, o evalRunOptions) (*eval.Plan, error) {
	if len(args) == 1 {
		if name := changedFlag(cmd, slices.Concat(planFlags, planSettings)); name != "" {
			return nil, commandLinef(cmd, "--%s and a run file: the file says what to measure", name)
		}
		return readPlan(args[0], a.known())
	}
	if len(o.suites) == 0 || len(o.methods) == 0 {
		return nil, commandLinef(cmd, "give a run file, or --suite and --method")
	}
	if err := a.evalSettings(cmd); err != nil {
		return nil, err
	}
	plan := eval.Plan{Scenarios: o.scenarios, Sampling: eval.Sampling{N: o.n, Temperature: o.temperature, TopP: o.topP, MaxTokens: o.maxTokens}}
	if cmd.Flags().Changed("context") { // by the user for this run, not by a setting
		plan.Context = orNegative(a.settings.context)
	}
	if o.n < 1 || o.maxTokens < 1 || o.topP == 0 {
		return nil, usagef("--n, --max-tokens and --top-p: expected more than 0")
	}
	for _, seed := range o.seeds {
		if seed < 0 {
			return nil, usagef("--seed %d: expected 0 or more", seed)
		}
		plan.Seeds = append(plan.Seeds, uint64(seed))
	}
	for _, spec := range o.suites {
		plan.Suites = append(plan.Suites, absoluteSuite(spec))
	}
	if a.settings.server != "" {
		plan.Servers = []eval.Server{{
			Name: a.settings.serverModel, URL: a.settings.server, Model: a.settings.serverModel, API: a.settings.serverAPI,
			KeyEnv: a.settings.keyEnv, KeyFile: a.settings.keyFile, Context: a.settings.serverContext,
		}}
	} else {
		for name := range strings.SplitSeq(a.settings.model, ",") {
			plan.Models = append(plan.Models, absolutePath(strings.TrimSpace(name)))
		}
	}
	for _, spec := range o.methods {
		retriever, base, found := strings.Cut(spec, "@")
		if !found {
			base = o.codebase
		}
		if !slices.Contains(evalCodebases, base) {
			if path, err := filepath.Abs(base); err == nil {
				base = path
			}
		}
		plan.Methods = append(plan.Methods, eval.Method{Retriever: retriever, Codebase: base, K: o.k, Coder: o.coder})
	}
	if cmd.Flags().Changed("abstain-below") && !abstain(plan.Methods, a.settings.abstainBelow) {
		return nil, commandLinef(cmd, "--abstain-below: only the methods fused and default know how sure they are")
	}
	complete, err := eval.NewPlan(plan, a.known())
	if err != nil {
		return nil, usageError{err}
	}
	return complete, nil
}

// evalSettings refuses what a run without a file would pass over, and what means nothing.
func (a *app) evalSettings(cmd *cobra.Command) error {
	if cmd.Flags().Changed("retriever") {
		return commandLinef(cmd, "--retriever: give the retriever by --method, as in --method %s", a.settings.retriever)
	}
	if cmd.Flags().Changed("store") {
		return commandLinef(cmd, "--store: give the codebase by --codebase, or by --method, as in --method default@FILE")
	}
	if cmd.Flags().Changed("model") {
		if cmd.Flags().Changed("server") {
			return commandLinef(cmd, "--model and --server: one run has models of one kind; a run file can have both")
		}
		a.settings.server = "" // a flag wins over the server of a setting
	}
	if name := changedFlag(cmd, serverFlags); name != "" && a.settings.server == "" {
		return commandLinef(cmd, "--%s is for a server: give --server, too", name)
	}
	a.settings.retriever = string(retrieval.NameNone) // whatever a setting says
	_, err := a.settings.config()
	return err
}

// abstain has the methods that know how sure they are show nothing where that is below
// the confidence, and reports whether there is one.
func abstain(methods []eval.Method, below float64) bool {
	some := false
	for i := range methods {
		if m := &methods[i]; m.Retriever == eval.RetrieverFused || m.Retriever == eval.RetrieverDefault {
			m.AbstainBelow, some = orNegative(below), true
		}
	}
	return some
}

// orNegative is the number, or -1 for a 0 that the user asked for: a plan's 0 stands for
// what was left open.
func orNegative[N int | float64](n N) N {
	if n == 0 {
		return -1
	}
	return n
}

// absoluteSuite makes the folder of a suite's name absolute, so that a run can be resumed
// from anywhere.
func absoluteSuite(spec string) string {
	name, dir, has := strings.Cut(spec, ":")
	if !has {
		return spec
	}
	if path, err := filepath.Abs(dir); err == nil {
		dir = path
	}
	return name + ":" + dir
}

// absolutePath makes a model's path absolute; names stay.
func absolutePath(name string) string {
	if !strings.ContainsAny(name, `/\`) && !strings.HasSuffix(strings.ToLower(name), ".gguf") {
		return name
	}
	if path, err := filepath.Abs(name); err == nil {
		return path
	}
	return name
}

// maxPlanBytes is the size past which a file is no run file.
const maxPlanBytes = 1 << 20

func readPlan(path string, known eval.Known) (*eval.Plan, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, usagef("read run file: %w", err)
	}
	if info.Size() > maxPlanBytes {
		return nil, usagef("run file %s has %d bytes: that is no run file", path, info.Size())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef("read run file: %w", err)
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("read run file %s: %w", path, err)
	}
	plan, err := eval.ParsePlan(string(text), path, dir, known)
	if err != nil {
		return nil, usageError{fmt.Errorf("the run file is wrong:\n%w", err)}
	}
	if plan.Name == "run" {
		plan.Name = planName(path)
	}
	return plan, nil
}

// planName is the name of a run whose file gives none: the file's.
func planName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	name = strings.Map(func(r rune) rune {
		if r < 128 && (r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return r
		}
		return '-'
	}, name)
	return strings.TrimLeft(name, ".-")
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
	plan, err := eval.ParsePlan(record.Plan, "run "+record.ID, "", a.known())
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
		a.note("%d of %d samples are generated; seccoder eval resume %s judges them", results.Run.Done, results.Run.Wanted, results.Run.ID)
		return nil
	}
	if err == nil {
		a.printResults(results)
		a.warnUnjudged(results)
		err = fmt.Errorf("%s could not be judged", counted(results.Run.Unjudged, "sample"))
	}
	a.note("run %s has %d of %d samples, %d of them not judged; seccoder eval resume %s goes on from there",
		results.Run.ID, results.Run.Done, results.Run.Wanted, results.Run.Unjudged, results.Run.ID)
	return err
}
