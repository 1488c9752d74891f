package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/eval"
)

type judgeOptions struct {
	suite, scenario string
	json, trace     bool
}

func newEvalJudge(a *app) *cobra.Command {
	var o judgeOptions
	cmd := &cobra.Command{
		Use:   "judge FILE…",
		Short: "Judge whole programs by a scenario's oracles",
		Long: `Judge programs by the oracles of a scenario. A file is a whole program: the
scenario's prompt, what was written behind it and, where the scenario has one, its
suffix. Nothing is cut off. "-" is standard input. No model is needed.

With --json there is one JSON object a file, in the order given (JSON Lines).`,
		Example: `  seccoder eval judge --suite own --scenario python/cwe-022/apply-sync-changes sync.py
  seccoder eval judge --suite sven:DIR --scenario cwe-022/0-py *.py --json`,
		Args: argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.suite == "" || o.scenario == "" {
				return commandLinef(cmd, "--suite and --scenario are needed: by whose oracles?")
			}
			return a.runJudge(cmd.Context(), args, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.suite, "suite", "", "the suite: "+suiteNames())
	flags.StringVar(&o.scenario, "scenario", "", "the scenario of the suite, as in cwe-022/0-py")
	flags.BoolVar(&o.json, "json", false, "print JSON Lines (docs/json.md)")
	flags.BoolVar(&o.trace, "trace", false, "show what was done to the program and what came of it")
	oneRun(flags)
	return cmd
}

// A judgedFile is a judgement as it is printed: a file's name, and the judgement's fields
// but for the trace where that is not wanted.
type judgedFile struct {
	File string `json:"file"`
	eval.Judgement
	// Error says why there is no judgement; the verdict is empty then.
	Error string `json:"error,omitempty"`
}

func (a *app) runJudge(ctx context.Context, files []string, o judgeOptions) error {
	loader := suites{app: a}
	suite, err := loader.load(ctx, o.suite)
	if err != nil {
		return err
	}
	scenario, err := findScenario(suite, o.scenario)
	if err != nil {
		return err
	}
	if i := slices.Index(files, "-"); i >= 0 && slices.Contains(files[i+1:], "-") {
		return usagef("standard input (-) can be judged once only")
	}
	results := make([]judgedFile, len(files))
	ready := make([]chan struct{}, len(files))
	for i := range ready {
		ready[i] = make(chan struct{})
	}
	work, within := errgroup.WithContext(ctx)
	limited, judging := errgroup.WithContext(within)
	limited.SetLimit(runtime.GOMAXPROCS(0))
	work.Go(func() error {
		for i, file := range files {
			limited.Go(func() error {
				defer close(ready[i])
				results[i] = a.judgeFile(judging, scenario, file, o.trace)
				return judging.Err()
			})
		}
		return limited.Wait()
	})
	work.Go(func() error { return a.printJudged(within, results, ready, o) })
	if err := work.Wait(); err != nil {
		return err
	}
	failed := 0
	for _, r := range results {
		if r.Error != "" {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s could not be judged", failed, counted(len(files), "file"))
	}
	return nil
}

// findScenario finds a scenario of the suite by its id.
func findScenario(suite eval.Suite, id string) (eval.Scenario, error) {
	ids := make([]string, len(suite.Scenarios))
	for i, s := range suite.Scenarios {
		if s.ID == id {
			return s, nil
		}
		ids[i] = s.ID
	}
	return eval.Scenario{}, usagef("suite %s has no scenario %q (%s)", suite.Name, id, known(ids, id))
}

// mostShown is how many scenarios an error lists.
const mostShown = 30

// known lists scenarios for an error: those that begin as the unknown one does, where all are
// too many.
func known(ids []string, id string) string {
	if len(ids) <= mostShown {
		return "known: " + strings.Join(ids, ", ")
	}
	for begin := strings.TrimRight(id, "/"); begin != "." && begin != "/" && begin != ""; begin = path.Dir(begin) {
		var near []string
		for _, other := range ids {
			if strings.HasPrefix(other, begin+"/") || strings.HasPrefix(other, begin+"-") {
				near = append(near, other)
			}
		}
		if len(near) > 0 && len(near) <= mostShown {
			return "near it: " + strings.Join(near, ", ")
		}
	}
	return fmt.Sprintf("it has %d, such as %s", len(ids), strings.Join(ids[:3], ", "))
}

func (a *app) judgeFile(ctx context.Context, s eval.Scenario, file string, trace bool) judgedFile {
	result := judgedFile{File: file}
	source, err := a.readProgram(file)
	if err == nil {
		result.Judgement, err = eval.JudgeSource(ctx, s, source, 0)
	}
	if err != nil {
		result.Error = err.Error()
	}
	if !trace {
		result.Trace = nil
	}
	return result
}

// maxJudgedBytes bounds what is read of a file; a little more than what is judged.
const maxJudgedBytes = 16 << 20

func (a *app) readProgram(file string) (string, error) {
	in := a.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxJudgedBytes))
	if err != nil {
		return "", err // it names the file
	}
	return string(data), nil
}

// printJudged prints each result once those before it are there.
func (a *app) printJudged(ctx context.Context, results []judgedFile, ready []chan struct{}, o judgeOptions) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for i := range results {
		select {
		case <-ready[i]:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r := &results[i]
		if r.Error != "" {
			a.warn("%s: %s", visible(r.File), visible(r.Error))
		}
		if o.json {
			if err := encoder.Encode(r); err != nil {
				return err
			}
			continue
		}
		if r.Error != "" {
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", visible(r.File), verdictWord(r.Judgement), functionalWord(r.Functional), visible(r.Why))
		if o.trace {
			if err := errors.Join(table.Flush(), a.printTrace(r.Judgement)); err != nil {
				return err
			}
		}
	}
	return table.Flush()
}

func verdictWord(j eval.Judgement) string {
	if j.Verdict == "" {
		return "-"
	}
	if j.QueryVerdict != "" && j.QueryVerdict != j.Verdict {
		return fmt.Sprintf("%s (query: %s)", j.Verdict, j.QueryVerdict)
	}
	return string(j.Verdict)
}

func functionalWord(functional *bool) string {
	switch {
	case functional == nil:
		return "unknown function"
	case *functional:
		return "functional"
	default:
		return "not functional"
	}
}

// printTrace prints a judgement's steps, indented.
func (a *app) printTrace(j eval.Judgement) error {
	for _, s := range j.Trace {
		if _, err := fmt.Fprintf(a.out, "  %s: %s\n", visible(s.Name), visible(s.Outcome)); err != nil {
			return err
		}
		for _, part := range [][2]string{{"input", s.Input}, {"output", s.Output}} {
			if part[1] == "" {
				continue
			}
			indented := strings.ReplaceAll(visibleCode(strings.TrimRight(part[1], "\n")), "\n", "\n      ")
			if _, err := fmt.Fprintf(a.out, "    %s:\n      %s\n", part[0], indented); err != nil {
				return err
			}
		}
	}
	return nil
}
