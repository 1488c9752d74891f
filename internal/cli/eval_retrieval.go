package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

const retrievalSchema = "seccoder.retrieval/1"

// lots is how often the random retriever is asked for each query.
const lots = 5

type retrievalReport struct {
	Schema string `json:"schema"`
	// Results have an entry for each codebase and set of queries.
	Results []retrievalResult `json:"results"`
}

// A retrievalResult is how one set of queries was answered out of one codebase.
type retrievalResult struct {
	Codebase string `json:"codebase"`
	Examples int    `json:"examples"`
	// Untrained says that fused ranks without the trained head and danger, which know
	// weaknesses that the codebase leaves out.
	Untrained bool `json:"untrained,omitempty"`
	// Set names the queries, of which there are Queries.
	Set        string             `json:"set"`
	Queries    int                `json:"queries"`
	Retrievers []retrieverRanking `json:"retrievers"`
}

// A retrieverRanking is what one retriever made of the queries.
type retrieverRanking struct {
	Retriever string `json:"retriever"`
	// Examples is the size of the codebase, or of the Subsets that were drawn of it.
	Examples int                   `json:"examples"`
	Subsets  int                   `json:"subsets,omitempty"`
	Metrics  eval.RetrievalMetrics `json:"metrics"`
	// Against is the retriever whose metrics, on the same queries and examples, are taken
	// from these to give Difference; there is none for that retriever itself.
	Against    string                   `json:"against,omitempty"`
	Difference *eval.RankingDifferences `json:"difference,omitempty"`
	ByLanguage []retrievalGroup         `json:"by_language"`
	ByCWE      []retrievalGroup         `json:"by_cwe"`
	// Ranked are the queries whose weakness could be found, but for subsets.
	Ranked []*eval.RankedQuery   `json:"ranked,omitempty"`
	rows   [][]*eval.RankedQuery // of the codebase, or of each subset
}

// A retrievalGroup is the part of the queries that Name says: "c", "CWE-089".
type retrievalGroup struct {
	Name       string                   `json:"name"`
	Metrics    eval.RetrievalMetrics    `json:"metrics"`
	Difference *eval.RankingDifferences `json:"difference,omitempty"`
	keep       func(*eval.RankedQuery) bool
}

type evalRetrievalOptions struct {
	suites, scenarios, halves []string
	methods, codebases        []string
	against, sven, dir, by    string
	sizes                     []int
	subsets                   int
	json                      bool
}

func newEvalRetrieval(a *app) *cobra.Command {
	var o evalRetrievalOptions
	cmd := &cobra.Command{
		Use:   "retrieval",
		Short: "Measure how well retrievers find examples of the right weakness",
		Long: `Rank a codebase's examples for unfinished code whose weakness is known, by one
retriever after the other, and say where the first example of that weakness came. No
model completes anything, so this takes a minute or a few where a run takes hours; what it
says stands in for the security rate and does not replace it. Each retriever is compared with
one of them, query by query (--against).

The code is the prompts of a suite's scenarios (--suite), or the first halves of the
insecure functions of SVEN's pairs (--halves), for which examples of the same
repository are no candidates.`,
		Example: `  seccoder eval retrieval --suite own
  seccoder eval retrieval --suite sven:DIR --scenario validation --halves val --codebase starter --codebase sven:train
  seccoder eval retrieval --halves val --sven DIR --codebase starter+sven:train --size 50,100,200,400 --by language`,
		Args: argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(o.suites) == 0 && len(o.halves) == 0 {
				return commandLinef(cmd, "--suite or --halves is needed: which code is to be looked up?")
			}
			return a.runEvalRetrieval(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&o.suites, "suite", nil, "look up the prompts of a suite, may be repeated: "+suiteNames())
	flags.StringArrayVar(&o.scenarios, "scenario", nil, "take these scenarios only, may be repeated: test, validation, an id or a part of it such as cwe-022, a pattern such as '*/*-c'")
	flags.StringArrayVar(&o.halves, "halves", nil, "look up the first halves of SVEN's insecure functions, may be repeated: train, val")
	flags.StringVar(&o.sven, "sven", "", "folder of SVEN's data (default: that of --suite sven:DIR)")
	flags.StringArrayVar(&o.methods, "method", nil, "a retriever, may be repeated: random, bm25, dense, fused (default: all four)")
	flags.StringVar(&o.against, "against", "", "the retriever of --method that the others are compared with (default: the first; dense, the paper's, where --method is not given)")
	flags.StringArrayVar(&o.codebases, "codebase", []string{"starter"}, "where to look, may be repeated: "+strings.Join(evalCodebases, ", ")+", a SQLite file, or several joined by +")
	flags.IntSliceVar(&o.sizes, "size", nil, "look in random subsets of so many examples, too")
	flags.IntVar(&o.subsets, "subsets", 5, "subsets of each size")
	flags.StringVar(&o.by, "by", "", "show parts of the queries, too: language, cwe")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON (docs/json.md)")
	addEvalDir(flags, &o.dir)
	oneRun(flags)
	return cmd
}

// check completes the options and finds mistakes in them.
func (o *evalRetrievalOptions) check() error {
	if len(o.methods) == 0 {
		o.methods = []string{string(retrieval.NameRandom), string(retrieval.NameBM25), string(retrieval.NameDense), string(retrieval.NameFused)}
		o.against = cmp.Or(o.against, string(retrieval.NameDense))
	}
	for i, m := range o.methods {
		name, err := retrieval.ParseName(m)
		if err != nil {
			return usageError{err}
		}
		if name == retrieval.NameNone {
			return usagef("--method none retrieves nothing that could be measured")
		}
		o.methods[i] = string(name)
	}
	o.against = cmp.Or(strings.ToLower(o.against), o.methods[0])
	if !slices.Contains(o.methods, o.against) {
		return usagef("--against %q: expected one of the retrievers that are measured: %s", o.against, strings.Join(o.methods, ", "))
	}
	for _, spec := range o.suites {
		if err := checkSuite(spec); err != nil {
			return usageError{err}
		}
		if name, dir, _ := strings.Cut(spec, ":"); name == "sven" && o.sven == "" {
			o.sven = dir
		}
	}
	for _, split := range o.halves {
		if split != "train" && split != "val" {
			return usagef("--halves %q: expected train or val", split)
		}
	}
	needsSven := len(o.halves) > 0
	for _, joined := range o.codebases {
		for name := range strings.SplitSeq(joined, "+") {
			if err := checkCodebase(name); err != nil {
				return usageError{err}
			}
			needsSven = needsSven || strings.HasPrefix(name, "sven:")
		}
	}
	if needsSven && o.sven == "" {
		return usagef("--sven is missing: the folder of SVEN's data")
	}
	if o.by != "" && o.by != "language" && o.by != "cwe" {
		return usagef("--by %q: expected language or cwe", o.by)
	}
	if o.subsets < 1 {
		return usagef("--subsets %d: expected 1 or more", o.subsets)
	}
	for _, size := range o.sizes {
		if size < 1 {
			return usagef("--size %d: expected 1 or more", size)
		}
	}
	return nil
}

// A querySet is queries with a name.
type querySet struct {
	name    string
	queries []eval.RetrievalQuery
}

func (a *app) runEvalRetrieval(ctx context.Context, o evalRetrievalOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	dir, err := evalDir(o.dir)
	if err != nil {
		return err
	}
	sets, err := a.querySets(ctx, o)
	if err != nil {
		return err
	}
	b, err := a.newEvalBench(dir)
	if err != nil {
		return err
	}
	report := retrievalReport{Schema: retrievalSchema}
	err = b.rankSets(ctx, o, sets, func(r retrievalResult) {
		report.Results = append(report.Results, r)
		if !o.json {
			a.printRetrieval(r, o.by)
		}
	})
	if err := errors.Join(err, b.close()); err != nil {
		return err
	}
	if o.json {
		return a.printJSON(report)
	}
	return nil
}

// querySets reads what is to be looked up.
func (a *app) querySets(ctx context.Context, o evalRetrievalOptions) ([]querySet, error) {
	loader := suites{app: a, unjudged: true}
	var sets []querySet
	for _, spec := range o.suites {
		suite, err := loader.load(ctx, spec)
		if err != nil {
			return nil, err
		}
		for _, split := range []eval.Split{eval.Test, eval.Validation} {
			part := suite
			part.Scenarios = slices.DeleteFunc(slices.Clone(suite.Scenarios), func(s eval.Scenario) bool {
				return (s.Split == eval.Validation) != (split == eval.Validation)
			})
			if queries := eval.ScenarioQueries(part, o.scenarios); len(queries) > 0 {
				sets = append(sets, querySet{fmt.Sprintf("%s, %s", suite.Name, split), queries})
			}
		}
	}
	for _, split := range o.halves {
		examples, err := eval.ReadPairs(o.sven, split, 0)
		if err != nil {
			return nil, err
		}
		sets = append(sets, querySet{"halves of SVEN " + split, eval.HalfQueries(examples)})
	}
	if len(sets) == 0 {
		return nil, usagef("--scenario names no scenario with a weakness in the suites of --suite")
	}
	return sets, nil
}
