package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

// rankSets ranks all sets by all retrievers in all codebases; found gets each result as
// soon as it is there.
func (b *evalBench) rankSets(ctx context.Context, o evalRetrievalOptions, sets []querySet, found func(retrievalResult)) error {
	embeds := slices.ContainsFunc(o.methods, func(m string) bool { return retrieval.Name(strings.ToLower(m)).Embeds() })
	var embedder *retrieval.RememberingEmbedder
	if embeds {
		e, err := b.openEmbedder(ctx)
		if err != nil {
			return err
		}
		embedder = &retrieval.RememberingEmbedder{Embedder: e}
	}
	for _, name := range o.codebases {
		whole, err := b.gather(ctx, name, o.sven, embedder)
		if err != nil {
			return err
		}
		for _, set := range sets {
			result := retrievalResult{Codebase: name, Examples: len(whole.examples), Untrained: whole.untrained, Set: set.name, Queries: len(set.queries)}
			for _, method := range o.methods {
				rankings, err := b.rankMethod(ctx, o, whole, set, method, embedder)
				if err != nil {
					return err
				}
				result.Retrievers = append(result.Retrievers, rankings...)
			}
			result.compare(o.against)
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
	open := func(store codebase.Store) (retrieval.Retriever, error) {
		r, err := retrieval.New(name, store, embedder)
		if err == nil && whole.untrained {
			withoutTrained(r)
		}
		return r, err
	}
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
	all.Ranked = slices.DeleteFunc(slices.Clone(ranked), func(q *eval.RankedQuery) bool { return q == nil })
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
	r := retrieverRanking{Retriever: string(name), Examples: examples, Metrics: eval.SumUpRankings(rows, nil), rows: rows}
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
	group := func(name string, keep func(*eval.RankedQuery) bool) retrievalGroup {
		return retrievalGroup{Name: name, Metrics: eval.SumUpRankings(rows, keep), keep: keep}
	}
	for _, l := range slices.Compact(languages) {
		r.ByLanguage = append(r.ByLanguage, group(l, func(q *eval.RankedQuery) bool { return string(q.Language) == l }))
	}
	slices.Sort(cwes)
	for _, c := range slices.Compact(cwes) {
		r.ByCWE = append(r.ByCWE, group(c.String(), func(q *eval.RankedQuery) bool { return q.CWE == c }))
	}
	return r
}

// gathered is a codebase in memory, with its vectors.
type gathered struct {
	examples []codebase.Example
	embedder string
	vectors  map[string][]float32
	// untrained is eval.Codebase's, of any of those that are joined.
	untrained bool
}

// gather reads the codebases whose names are joined by "+", and computes the vectors that
// are missing, where there is an embedder. They are kept for the next time.
func (b *evalBench) gather(ctx context.Context, joined, sven string, embedder *retrieval.RememberingEmbedder) (gathered, error) {
	g := gathered{vectors: map[string][]float32{}}
	seen := map[string]bool{}
	for name := range strings.SplitSeq(joined, "+") {
		spec := eval.CodebaseSpec{Name: name, Sven: sven, MaxChars: eval.PaperMaxChars}
		g.untrained = g.untrained || name == starterHeldOut
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

func (b *evalBench) gatherVectors(ctx context.Context, spec eval.CodebaseSpec, embedder *retrieval.RememberingEmbedder, g *gathered) error {
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
