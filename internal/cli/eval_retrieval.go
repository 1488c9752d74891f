package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
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
	// Set names the queries, of which there are Queries.
	Set        string             `json:"set"`
	Queries    int                `json:"queries"`
	Retrievers []retrieverRanking `json:"retrievers"`
}

// A retrieverRanking is what one retriever made of the queries.
type retrieverRanking struct {
	Retriever string `json:"retriever"`
	// Examples is the size of the codebase, or of the Subsets that were drawn of it.
	Examples   int                   `json:"examples"`
	Subsets    int                   `json:"subsets,omitempty"`
	Metrics    eval.RetrievalMetrics `json:"metrics"`
	ByLanguage []retrievalGroup      `json:"by_language"`
	ByCWE      []retrievalGroup      `json:"by_cwe"`
	// Ranked are the queries whose weakness could be found, but for subsets.
	Ranked []*eval.RankedQuery `json:"ranked,omitempty"`
}

// A retrievalGroup is the part of the queries that Name says: "c", "CWE-089".
type retrievalGroup struct {
	Name    string                `json:"name"`
	Metrics eval.RetrievalMetrics `json:"metrics"`
}

type evalRetrievalOptions struct {
	suites, scenarios, halves []string
	methods, codebases        []string
	sven, dir, by             string
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
model completes anything, so this takes seconds where a run takes hours; what it says
stands in for the security rate and does not replace it.

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
	}
	for _, m := range o.methods {
		if name, err := retrieval.ParseName(m); err != nil {
			return usageError{err}
		} else if name == retrieval.NameNone {
			return usagef("--method none retrieves nothing that could be measured")
		}
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

// rankSets ranks all sets by all retrievers in all codebases; found gets each result as
// soon as it is there.
func (b *evalBench) rankSets(ctx context.Context, o evalRetrievalOptions, sets []querySet, found func(retrievalResult)) error {
	embeds := slices.ContainsFunc(o.methods, func(m string) bool { return retrieval.Name(strings.ToLower(m)).Embeds() })
	var embedder *rememberingEmbedder
	if embeds {
		e, err := b.openEmbedder(ctx)
		if err != nil {
			return err
		}
		embedder = &rememberingEmbedder{Embedder: e, known: map[string][]float32{}}
	}
	for _, name := range o.codebases {
		whole, err := b.gather(ctx, name, o.sven, embedder)
		if err != nil {
			return err
		}
		for _, set := range sets {
			result := retrievalResult{Codebase: name, Examples: len(whole.examples), Set: set.name, Queries: len(set.queries)}
			for _, method := range o.methods {
				rankings, err := b.rankMethod(ctx, o, whole, set, method, embedder)
				if err != nil {
					return err
				}
				result.Retrievers = append(result.Retrievers, rankings...)
			}
			found(result)
		}
	}
	return nil
}

// rankMethod ranks a set by one retriever, in the whole codebase and in subsets of it.
func (b *evalBench) rankMethod(ctx context.Context, o evalRetrievalOptions, whole gathered, set querySet, method string, embedder retrieval.Embedder) ([]retrieverRanking, error) {
	name, err := retrieval.ParseName(method)
	if err != nil {
		return nil, err
	}
	draws := 1
	if name == retrieval.NameRandom {
		draws = lots
	}
	open := func(store codebase.Store) (retrieval.Retriever, error) { return retrieval.New(name, store, embedder) }
	rank := func(examples []codebase.Example, what string) ([]*eval.RankedQuery, error) {
		shown := b.app.progress(fmt.Sprintf("%s by %s, in %s", set.name, name, what), "queries", int64(len(set.queries)))
		defer shown.end()
		done := 0
		return eval.RankQueries(ctx, eval.NewPool(examples, whole.embedder, whole.vectors), open, set.queries, draws, func() {
			done++
			shown.at(int64(done))
		})
	}
	ranked, err := rank(whole.examples, counted(len(whole.examples), "example"))
	if err != nil {
		return nil, err
	}
	all := newRanking(name, len(whole.examples), [][]*eval.RankedQuery{ranked})
	all.Ranked = slices.DeleteFunc(ranked, func(q *eval.RankedQuery) bool { return q == nil })
	rankings := []retrieverRanking{all}
	for _, size := range o.sizes {
		if size >= len(whole.examples) {
			continue // the whole is there already
		}
		var rows [][]*eval.RankedQuery
		for subset := range o.subsets {
			row, err := rank(drawn(whole.examples, size, uint64(subset)), fmt.Sprintf("subset %d of %d examples", subset+1, size))
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		part := newRanking(name, size, rows)
		part.Subsets = o.subsets
		rankings = append(rankings, part)
	}
	return rankings, nil
}

// newRanking sums up rankings of the same queries, as a whole and in parts.
func newRanking(name retrieval.Name, examples int, rows [][]*eval.RankedQuery) retrieverRanking {
	r := retrieverRanking{Retriever: string(name), Examples: examples, Metrics: eval.SumUpRankings(rows, nil)}
	var languages []string
	var cwes []codebase.CWE
	for _, row := range rows {
		for _, q := range row {
			if q != nil {
				languages, cwes = append(languages, string(q.Language)), append(cwes, q.CWE)
			}
		}
	}
	slices.Sort(languages)
	for _, l := range slices.Compact(languages) {
		r.ByLanguage = append(r.ByLanguage, retrievalGroup{l, eval.SumUpRankings(rows, func(q *eval.RankedQuery) bool { return string(q.Language) == l })})
	}
	slices.Sort(cwes)
	for _, c := range slices.Compact(cwes) {
		r.ByCWE = append(r.ByCWE, retrievalGroup{c.String(), eval.SumUpRankings(rows, func(q *eval.RankedQuery) bool { return q.CWE == c })})
	}
	return r
}

// gathered is a codebase in memory, with its vectors.
type gathered struct {
	examples []codebase.Example
	embedder string
	vectors  map[string][]float32
}

// gather reads the codebases whose names are joined by "+", and computes the vectors that
// are missing, where there is an embedder. They are kept for the next time.
func (b *evalBench) gather(ctx context.Context, joined, sven string, embedder *rememberingEmbedder) (gathered, error) {
	g := gathered{vectors: map[string][]float32{}}
	seen := map[string]bool{}
	for name := range strings.SplitSeq(joined, "+") {
		spec := eval.CodebaseSpec{Name: name, Sven: sven, MaxChars: eval.PaperMaxChars}
		examples, err := b.examples(ctx, spec)
		if err != nil {
			return gathered{}, err
		}
		for _, e := range examples {
			if !seen[e.ID] {
				seen[e.ID] = true
				g.examples = append(g.examples, e)
			}
		}
		if embedder == nil {
			continue
		}
		if err := b.gatherVectors(ctx, spec, embedder, &g); err != nil {
			return gathered{}, err
		}
	}
	return g, nil
}

func (b *evalBench) gatherVectors(ctx context.Context, spec eval.CodebaseSpec, embedder *rememberingEmbedder, g *gathered) error {
	c, err := b.Codebase(ctx, spec)
	if err != nil {
		return err
	}
	store, err := c.Open(ctx)
	if err != nil {
		return err
	}
	if err := b.app.ensureVectors(ctx, store, embedder.Embedder); err != nil {
		return err
	}
	vectors, ok := store.(codebase.VectorStore)
	if !ok {
		return fmt.Errorf("codebase %s keeps no vectors", spec.Name)
	}
	g.embedder = embedder.ID()
	for v, err := range vectors.Vectors(ctx, g.embedder, codebase.Filter{}) {
		if err != nil {
			return err
		}
		g.vectors[v.ExampleID] = v.Values
	}
	return nil
}

// A rememberingEmbedder computes the vector of a query once for all retrievers.
type rememberingEmbedder struct {
	retrieval.Embedder
	mu    sync.Mutex
	known map[string][]float32
}

// Embed implements retrieval.Embedder.
func (e *rememberingEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		v, ok := e.known[text]
		if !ok {
			computed, err := e.Embedder.Embed(ctx, []string{text})
			if err != nil {
				return nil, err
			}
			v = computed[0]
			e.known[text] = v
		}
		vectors[i] = v
	}
	return vectors, nil
}

// printRetrieval prints a table: a row for each retriever and size, and for each part of
// the queries that by names.
func (a *app) printRetrieval(r retrievalResult, by string) {
	fmt.Fprintf(a.out, "%s: %s, in %s (%s); with 95 %% intervals\n",
		visible(r.Set), counted(r.Queries, "query"), visible(r.Codebase), counted(r.Examples, "example"))
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "retriever\tqueries\ttop-1 %\ttop-3 %\ttop-5 %\tMRR\trank\tsame language %")
	for _, ranking := range r.Retrievers {
		name := ranking.Retriever
		if ranking.Subsets > 0 {
			name = fmt.Sprintf("%s, %d × %d examples", name, ranking.Subsets, ranking.Examples)
		}
		printRetrievalRow(table, name, ranking.Metrics)
		var parts []retrievalGroup
		switch by {
		case "language":
			parts = ranking.ByLanguage
		case "cwe":
			parts = ranking.ByCWE
		}
		for _, part := range parts {
			printRetrievalRow(table, "  "+part.Name, part.Metrics)
		}
	}
	_ = table.Flush() // a.out remembers its errors
	fmt.Fprintln(a.out)
}

func printRetrievalRow(table *tabwriter.Writer, name string, m eval.RetrievalMetrics) {
	number := func(e eval.Estimate) string {
		if !e.Known() {
			return "-"
		}
		return fmt.Sprintf("%.2f [%.2f, %.2f]", e.Value, e.Low, e.High)
	}
	fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n",
		name, m.Queries, percent(m.Top1), bare(m.Top3), bare(m.Top5), number(m.MRR), number(m.Rank), bare(m.SameLanguage))
}
