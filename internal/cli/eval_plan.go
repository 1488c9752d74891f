package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

// planFlags are those of run that a run file takes the place of.
var planFlags = []string{"suite", "scenario", "method", "codebase", "coder", "n", "max-tokens", "top-k", "seed", "temperature", "top-p"}

// planSettings are the flags of all commands that a run file, or the run that is gone on
// with, takes the place of.
var planSettings = append([]string{"model", "server", "context", "abstain-below", "retriever", "store"}, serverFlags...)

// serverFlags say how to ask a server.
var serverFlags = []string{"server-model", "server-api", "server-context", "server-key-env", "server-key-file"}

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
func (a *app) known(ctx context.Context) eval.Known {
	return eval.Known{
		Suite: checkSuite, Codebase: checkCodebase,
		Model:     func(name string) error { return a.checkModel(ctx, name) },
		Scenarios: func(spec string) ([]eval.Scenario, error) { return readScenarios(ctx, spec) },
	}
}

// checkModel finds names that mean no model, and files that are none. A model of the
// catalogue that is not pulled yet, or cannot be here, is no mistake of whoever wrote its name.
func (a *app) checkModel(ctx context.Context, name string) error {
	_, err := model.Builtin().Find(name, "")
	if _, unknown := asError[*model.UnknownNameError](err); !unknown {
		return nil
	}
	cache := model.Cache{Dir: a.settings.cacheDir}
	_, err = cache.Resolve(ctx, name)
	return err
}

// evalPlan is what the run file or the flags ask for.
func (a *app) evalPlan(cmd *cobra.Command, args []string, o evalRunOptions) (*eval.Plan, error) {
	if len(args) == 1 {
		if name := changedFlag(cmd, slices.Concat(planFlags, planSettings)); name != "" {
			return nil, commandLinef(cmd, "--%s and a run file: the file says what to measure", name)
		}
		return readPlan(args[0], a.known(cmd.Context()))
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
	complete, err := eval.NewPlan(plan, a.known(cmd.Context()))
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

// planName is the name of a run whose file gives none: the file's, as far as a name can have
// its letters.
func planName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	name = strings.Map(func(r rune) rune {
		if r < 128 && (r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return r
		}
		return '-'
	}, name)
	return cmp.Or(strings.TrimLeft(name, ".-"), "run")
}
