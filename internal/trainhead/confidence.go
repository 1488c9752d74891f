package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

// An answer is the first example that a query finds. The zero answer is of one that finds none.
type answer struct {
	confidence float64
	right      bool // it is of the query's weakness, or of its kin
}

// answers are those of each set, in the order of the queries: where the codebase and the head
// may know the query's weakness, and where both have nothing of it and its kin.
type answers struct{ known, absent [sets][]answer }

// thresholds are the confidences from which on an example would be shown.
var thresholds = []float64{0.3, 0.5, 0.7, 0.9}

// confidence prints a table of how often the retriever's first example would be shown and how
// often it is right then, and what its calibration should be by that. Danger has no say: it is
// for code that is near no weakness, and all queries here are near one.
func confidence(ctx context.Context, embedder retrieval.Embedder, d data, out, progress io.Writer) error {
	embedder = remembering(embedder, progress)
	vectors, err := vectorsOf(ctx, embedder, slices.Concat(d.starter, d.train))
	if err != nil {
		return err
	}
	var all answers
	for _, t := range trials(d) {
		fmt.Fprintf(progress, "%s: training a head on %d pairs and %d starter examples\n", t.what, len(t.pairs), len(t.starter))
		if err := all.collect(ctx, embedder, vectors, t); err != nil {
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	if err := all.print(out); err != nil {
		return err
	}
	return printCalibration(out, all.known[:])
}

// collect adds the answers to a trial's queries.
func (a *answers) collect(ctx context.Context, embedder retrieval.Embedder, vectors map[string][]float32, t trial) error {
	head, err := retrieval.TrainHead(ctx, embedder, "", append(samples(t.pairs), samples(t.starter)...))
	if err != nil {
		return err
	}
	of := &a.known
	if t.absent {
		of = &a.absent
	}
	for _, l := range t.lookups() {
		r := retrieval.NewFused(eval.NewPool(l.examples, embedder.ID(), vectors), embedder)
		r.UseHead(head)
		r.UseDanger(nil)
		given, err := ask(ctx, r, t.queries)
		if err != nil {
			return err
		}
		of[l.set] = append(of[l.set], given...)
	}
	return nil
}

// ask returns the answer to each query.
func ask(ctx context.Context, r retrieval.Retriever, queries []eval.RetrievalQuery) ([]answer, error) {
	given := make([]answer, len(queries))
	for i, q := range queries {
		matches, err := r.Retrieve(ctx, retrieval.Query{Text: q.Text, Language: q.Language}, 1)
		if err != nil {
			return nil, fmt.Errorf("look up %s: %w", q.ID, err)
		}
		if len(matches) > 0 {
			m := matches[0]
			given[i] = answer{m.Confidence, retrieval.Kind(m.Parts.Weakness.CWE) == retrieval.Kind(q.CWE)}
		}
	}
	return given, nil
}

func (a *answers) print(out io.Writer) error {
	fmt.Fprintln(out, "first halves of insecure code; shown: % of the queries whose first example has at least that confidence; right: % of these")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "looked up, codebase\tqueries")
	for _, threshold := range thresholds {
		fmt.Fprintf(table, "\t%.1f: shown\tright", threshold)
	}
	fmt.Fprintln(table)
	for s, given := range a.known {
		printRow(table, setNames[s], given, true)
	}
	for s, given := range a.absent {
		printRow(table, setNames[s]+", without the weakness", given, false)
	}
	return table.Flush()
}

// printRow leaves the share of right ones out where none can be.
func printRow(table io.Writer, name string, given []answer, canBeRight bool) {
	fmt.Fprintf(table, "%s\t%d", name, len(given))
	for _, threshold := range thresholds {
		shown, right := 0, 0
		for _, a := range given {
			if a.confidence >= threshold {
				shown++
				if a.right {
					right++
				}
			}
		}
		of := "-"
		if canBeRight {
			of = percent(right, shown)
		}
		fmt.Fprintf(table, "\t%s\t%s", percent(shown, len(given)), of)
	}
	fmt.Fprintln(table)
}

func percent(some, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", 100*float64(some)/float64(of))
}
