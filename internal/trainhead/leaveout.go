package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

// A user's codebase has weaknesses that the program's head was not trained on. What becomes
// of them is measured with weaknesses that heads could know: the head is trained as ever,
// but for all that is of one weakness, and that weakness is looked up in a codebase that has
// examples of it.

// folds is into how many parts SVEN's training functions are divided, by repository: each is
// looked up with heads that were trained on the others.
const folds = 4

// tellEvery is after how many texts a line says how far embedding is, which takes most of the
// time of a training.
const tellEvery = 200

// leaveOut prints a table for the queries of SVEN's validation pairs, and one for those of
// its training pairs.
func leaveOut(ctx context.Context, embedder retrieval.Embedder, d data, out, progress io.Writer) error {
	m, err := newMeasurement(ctx, embedder, d.starter, progress)
	if err != nil {
		return err
	}
	m.what = "validation set"
	validation, err := m.look(ctx, withoutRepositories(d.train, d.validation), d.validation)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("first halves of SVEN's insecure validation functions, in the %d starter examples", len(d.starter))
	if err := validation.print(out, title); err != nil {
		return err
	}
	var train rankings
	for i, fold := range byRepository(d.train, folds) {
		m.what = fmt.Sprintf("training set, part %d of %d", i+1, folds)
		part, err := m.look(ctx, withoutRepositories(d.train, fold), fold)
		if err != nil {
			return err
		}
		train.add(part)
	}
	title = fmt.Sprintf("first halves of SVEN's insecure training functions, with heads that were trained on other repositories, in the %d starter examples", len(d.starter))
	return train.print(out, title)
}

// byRepository divides pairs so that those of a repository are together.
func byRepository(pairs []codebase.Example, parts int) [][]codebase.Example {
	var repositories []string
	for _, e := range pairs {
		repositories = append(repositories, eval.RepositoryOf(e))
	}
	slices.Sort(repositories)
	repositories = slices.Compact(repositories)
	divided := make([][]codebase.Example, parts)
	for _, e := range pairs {
		at, _ := slices.BinarySearch(repositories, eval.RepositoryOf(e))
		divided[at%parts] = append(divided[at%parts], e)
	}
	return divided
}

// A measurement looks queries up in the starter examples with heads of its own.
type measurement struct {
	embedder retrieval.Embedder
	starter  []codebase.Example
	pool     *eval.Pool
	progress io.Writer
	// what names the queries in lines of progress.
	what string
}

func newMeasurement(ctx context.Context, embedder retrieval.Embedder, starter []codebase.Example, progress io.Writer) (*measurement, error) {
	m := &measurement{embedder: remembering(embedder, progress), starter: starter, progress: progress}
	vectors, err := vectorsOf(ctx, m.embedder, starter)
	if err != nil {
		return nil, err
	}
	m.pool = eval.NewPool(starter, embedder.ID(), vectors)
	return m, nil
}

// remembering embeds each text once, and says now and then how far it is.
func remembering(embedder retrieval.Embedder, progress io.Writer) retrieval.Embedder {
	told := func(n int) {
		if n%tellEvery == 0 {
			fmt.Fprintf(progress, "embedded %d texts\n", n)
		}
	}
	return &retrieval.RememberingEmbedder{Embedder: embedder, OnText: told}
}

// vectorsOf are the vectors of examples, by their ids. They are computed: those that came with
// the program may be of another corpus, while that is worked on.
func vectorsOf(ctx context.Context, embedder retrieval.Embedder, examples []codebase.Example) (map[string][]float32, error) {
	vectors, err := retrieval.EmbedExamples(ctx, embedder, examples)
	if err != nil {
		return nil, err
	}
	byID := make(map[string][]float32, len(vectors))
	for _, v := range vectors {
		byID[v.ExampleID] = v.Values
	}
	return byID, nil
}

// rankings are of the same queries in one order: by a head that knows the query's weakness,
// by one that never saw it, and without a head.
type rankings struct{ knows, never, none []*eval.RankedQuery }

func (r *rankings) add(more rankings) {
	r.knows = append(r.knows, more.knows...)
	r.never = append(r.never, more.never...)
	r.none = append(r.none, more.none...)
}

// look looks up the first halves of the pairs' insecure code, by heads that are trained on
// the samples of train and of the starter examples.
func (m *measurement) look(ctx context.Context, train, pairs []codebase.Example) (r rankings, err error) {
	queries := eval.HalfQueries(pairs)
	slices.SortStableFunc(queries, func(a, b eval.RetrievalQuery) int { return cmp.Compare(a.CWE, b.CWE) })
	if r.none, err = m.rank(ctx, nil, queries); err != nil {
		return r, err
	}
	head, err := m.train(ctx, train, 0)
	if err != nil {
		return r, err
	}
	if r.knows, err = m.rank(ctx, head, queries); err != nil {
		return r, err
	}
	for from := 0; from < len(queries); {
		cwe, to := queries[from].CWE, from
		for to < len(queries) && queries[to].CWE == cwe {
			to++
		}
		if head, err = m.train(ctx, train, cwe); err != nil {
			return r, err
		}
		never, err := m.rank(ctx, head, queries[from:to])
		if err != nil {
			return r, err
		}
		r.never = append(r.never, never...)
		from = to
	}
	return r, nil
}

// train trains a head as make head does, without all that is of the weakness.
func (m *measurement) train(ctx context.Context, train []codebase.Example, without codebase.CWE) (*retrieval.Head, error) {
	of := func(e codebase.Example) bool { return slices.Contains(e.CWEs, without) }
	pairs := slices.DeleteFunc(slices.Clone(train), of)
	starter := slices.DeleteFunc(slices.Clone(m.starter), of)
	with := "all weaknesses"
	if without != 0 {
		with = "all but " + without.String()
	}
	fmt.Fprintf(m.progress, "%s: training a head on %s, of %d pairs and %d starter examples\n", m.what, with, len(pairs), len(starter))
	head, err := retrieval.TrainHead(ctx, m.embedder, "", append(samples(pairs), samples(starter)...))
	if err != nil {
		return nil, fmt.Errorf("%s, with %s: %w", m.what, with, err)
	}
	return head, nil
}

func (m *measurement) rank(ctx context.Context, head *retrieval.Head, queries []eval.RetrievalQuery) ([]*eval.RankedQuery, error) {
	open := func(store codebase.Store) (retrieval.Retriever, error) {
		r := retrieval.NewFused(store, m.embedder)
		r.UseHead(head)
		return r, nil
	}
	return eval.RankQueries(ctx, m.pool, open, queries, 1, func() {})
}
