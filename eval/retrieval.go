package eval

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// How well a retriever finds examples of the right weakness can be measured without a
// model, as the paper does (arXiv 2410.01488): by its accuracy, and by the "average minimum
// number" of demonstrations until one is of the right CWE. It stands in for what counts,
// the security rate.

// A RetrievalQuery is unfinished code, and the weakness that its demonstration should
// be about.
type RetrievalQuery struct {
	ID       string
	Text     string
	Language lang.Language
	CWE      codebase.CWE
	// Repository, where set, is the one that the code is from: its examples are no
	// candidates, since finding a function's neighbours is no art.
	Repository string
}

// ScenarioQueries are the prompts of a suite's scenarios that patterns select and that
// have a weakness.
func ScenarioQueries(suite Suite, patterns []string) []RetrievalQuery {
	var queries []RetrievalQuery
	for _, s := range suite.Scenarios {
		if s.CWE != 0 && Selected(patterns, s) {
			queries = append(queries, RetrievalQuery{ID: suite.Name + " " + s.ID, Text: s.Prompt, Language: s.Language, CWE: s.CWE})
		}
	}
	return queries
}

// HalfQueries are the first halves, by lines, of the examples' insecure code: code under
// the cursor that is about to go wrong. Examples without it make none.
func HalfQueries(examples []codebase.Example) []RetrievalQuery {
	var queries []RetrievalQuery
	for _, e := range examples {
		if e.Insecure == "" || len(e.CWEs) == 0 {
			continue
		}
		queries = append(queries, RetrievalQuery{
			ID: e.ID, Text: FirstHalf(e.Insecure), Language: e.Language, CWE: e.CWEs[0],
			Repository: RepositoryOf(e),
		})
	}
	return queries
}

// FirstHalf is the first half of code, by lines: what stands before a cursor in it.
func FirstHalf(code string) string {
	lines := strings.SplitAfter(code, "\n")
	return strings.Join(lines[:(len(lines)+1)/2], "")
}

// RepositoryOf is the repository that an example comes from, without the commit that
// SVEN's links have.
func RepositoryOf(e codebase.Example) string {
	repository, _, _ := strings.Cut(e.Source.Repository, "/commit/")
	return repository
}

// A Pool is a codebase in memory that never changes: examples with their vectors of one
// embedder. It is a [codebase.Store] and a [codebase.VectorStore].
type Pool struct {
	examples []codebase.Example // in the order of ids
	byID     map[string]int
	embedder string
	vectors  map[string][]float32
}

// NewPool makes a Pool. The vectors, by example id, may be those of more examples; they
// may be nil where no retriever embeds.
func NewPool(examples []codebase.Example, embedder string, vectors map[string][]float32) *Pool {
	p := &Pool{examples: slices.Clone(examples), byID: make(map[string]int, len(examples)), embedder: embedder, vectors: vectors}
	slices.SortFunc(p.examples, func(a, b codebase.Example) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range p.examples {
		p.byID[e.ID] = i
	}
	return p
}

var errPool = errors.New("this codebase is for measuring only and cannot be changed")

// Add implements codebase.Store; a Pool refuses.
func (p *Pool) Add(context.Context, ...codebase.Example) (int, error) { return 0, errPool }

// Remove implements codebase.Store; a Pool refuses.
func (p *Pool) Remove(context.Context, ...string) (int, error) { return 0, errPool }

// Close implements codebase.Store.
func (p *Pool) Close() error { return nil }

// Get implements codebase.Store, for whole ids.
func (p *Pool) Get(_ context.Context, id string) (codebase.Example, error) {
	i, ok := p.byID[id]
	if !ok {
		return codebase.Example{}, fmt.Errorf("get example %.12q: %w", id, codebase.ErrNotFound)
	}
	return p.examples[i], nil
}

// Examples implements codebase.Store.
func (p *Pool) Examples(_ context.Context, f codebase.Filter) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for _, e := range p.examples {
			if matches(f, e) && !yield(e, nil) {
				return
			}
		}
	}
}

func matches(f codebase.Filter, e codebase.Example) bool {
	return (f.Language == "" || f.Language.Compatible(e.Language)) &&
		(f.CWE == 0 || slices.Contains(e.CWEs, f.CWE)) &&
		(f.SourceKind == "" || f.SourceKind == e.Source.Kind) &&
		!e.AdmittedAt.Before(f.Since)
}

// PutVectors implements codebase.VectorStore; a Pool refuses.
func (p *Pool) PutVectors(context.Context, string, map[string][]float32) error { return errPool }

// Vectors implements codebase.VectorStore.
func (p *Pool) Vectors(_ context.Context, embedder string, f codebase.Filter) iter.Seq2[codebase.Vector, error] {
	return func(yield func(codebase.Vector, error) bool) {
		for _, e := range p.examples {
			if v, ok := p.vectors[e.ID]; ok && embedder == p.embedder && matches(f, e) && !yield(codebase.Vector{ExampleID: e.ID, Values: v}, nil) {
				return
			}
		}
	}
}

// WithoutVector implements codebase.VectorStore.
func (p *Pool) WithoutVector(_ context.Context, embedder string) ([]string, error) {
	var ids []string
	for _, e := range p.examples {
		if _, ok := p.vectors[e.ID]; !ok || embedder != p.embedder {
			ids = append(ids, e.ID)
		}
	}
	return ids, nil
}

// without is the pool less the examples of a repository.
func (p *Pool) without(repository string) *Pool {
	left := slices.DeleteFunc(slices.Clone(p.examples), func(e codebase.Example) bool { return RepositoryOf(e) == repository })
	if len(left) == len(p.examples) {
		return p
	}
	return NewPool(left, p.embedder, p.vectors)
}

// A RankedQuery says where a query's weakness came in a ranking of all examples. With
// several draws of a retriever that draws by lot, the numbers are means over them.
type RankedQuery struct {
	ID       string        `json:"id"`
	Language lang.Language `json:"language"`
	CWE      codebase.CWE  `json:"cwe"`
	// Top1, Top3 and Top5 say whether one of the first 1, 3, 5 examples is of the query's
	// CWE: 0 or 1.
	Top1 float64 `json:"top1"`
	Top3 float64 `json:"top3"`
	Top5 float64 `json:"top5"`
	// Rank is the place of the first such example, from 1, and the number of candidates
	// where it was not ranked at all. ReciprocalRank is 1/Rank, and 0 then.
	Rank           float64 `json:"rank"`
	ReciprocalRank float64 `json:"reciprocal_rank"`
	// SameLanguage says whether the first example is in the query's own language, and
	// not in one that can serve it: 0 or 1.
	SameLanguage float64 `json:"same_language"`
	// Confidence is the retriever's in its first example; 0 where it tells none.
	Confidence float64 `json:"confidence,omitempty"`
	// Right2 and Right3 are the part of the examples that is of the query's CWE, where 2 and
	// 3 are shown together ([retrieval.Chooser]); 0 where the retriever does not choose.
	Right2 float64 `json:"right2,omitempty"`
	Right3 float64 `json:"right3,omitempty"`
}

// RankQueries ranks the pool's examples for each query by a retriever that open makes
// over the pool, or over what a query's repository leaves of it. The result has an
// entry for each query: nil where no candidate is of its weakness, so that nothing
// could be found. draws is how often a retriever that draws by lot is asked; done is
// called after each query.
func RankQueries(ctx context.Context, pool *Pool, open func(codebase.Store) (retrieval.Retriever, error), queries []RetrievalQuery, draws int, done func()) ([]*RankedQuery, error) {
	byRepository := map[string][]int{}
	for i, q := range queries {
		byRepository[q.Repository] = append(byRepository[q.Repository], i)
	}
	ranked := make([]*RankedQuery, len(queries))
	var shared retrieval.Retriever // that of the whole pool; the others serve one repository
	for repository, places := range byRepository {
		left := pool
		if repository != "" {
			left = pool.without(repository)
		}
		r := shared
		if r == nil || left != pool {
			var err error
			if r, err = open(left); err != nil {
				return nil, err
			}
		}
		if left == pool {
			shared = r
		}
		for _, i := range places {
			var err error
			if ranked[i], err = left.rank(ctx, r, queries[i], draws); err != nil {
				return nil, fmt.Errorf("rank the examples for query %.60q: %w", queries[i].ID, err)
			}
			done()
		}
	}
	return ranked, nil
}

// firstRanked is how many examples of a ranking are asked for at first.
const firstRanked = 10

// rank is nil where no example that can serve the query is of its weakness. A retriever
// that leaves such an example out (BM25 does, where no word is in common) has ranked it
// behind all others.
func (p *Pool) rank(ctx context.Context, r retrieval.Retriever, q RetrievalQuery, draws int) (*RankedQuery, error) {
	candidates, found := p.candidates(q)
	if !found {
		return nil, nil
	}
	result := &RankedQuery{ID: q.ID, Language: q.Language, CWE: q.CWE}
	share := 1 / float64(draws)
	for seed := range draws {
		var matches []retrieval.Match
		place := -1
		// Most are among the first, and to fetch and explain all takes far longer.
		for _, k := range []int{firstRanked, len(p.examples)} {
			var err error
			if matches, err = r.Retrieve(ctx, retrieval.Query{Text: q.Text, Language: q.Language, Seed: uint64(seed)}, k); err != nil {
				return nil, err
			}
			place = slices.IndexFunc(matches, func(m retrieval.Match) bool { return slices.Contains(m.Example.CWEs, q.CWE) })
			if place >= 0 || len(matches) < k {
				break // found, or there is no more
			}
		}
		if place < 0 {
			result.Rank += share * float64(candidates)
		} else {
			result.add(place+1, share)
		}
		if len(matches) > 0 {
			result.Confidence += share * matches[0].Confidence
			if matches[0].Example.Language == q.Language {
				result.SameLanguage += share
			}
		}
	}
	return result, result.choose(ctx, r, q)
}

// choose lets a retriever choose what is shown together, as the program does.
func (r *RankedQuery) choose(ctx context.Context, by retrieval.Retriever, q RetrievalQuery) error {
	chooser, ok := by.(retrieval.Chooser)
	if !ok {
		return nil
	}
	chosen, err := chooser.Choose(ctx, retrieval.Query{Text: q.Text, Language: q.Language}, 3, seccoder.DefaultAbstainBelow)
	if err != nil {
		return err
	}
	for _, several := range []struct {
		k    int
		into *float64
	}{{2, &r.Right2}, {3, &r.Right3}} {
		shown := chosen[:min(several.k, len(chosen))]
		for _, m := range shown {
			if slices.Contains(m.Example.CWEs, q.CWE) {
				*several.into += 1 / float64(len(shown))
			}
		}
	}
	return nil
}

// add counts a draw that had the first example of the CWE at the rank.
func (r *RankedQuery) add(rank int, share float64) {
	r.Rank += share * float64(rank)
	r.ReciprocalRank += share / float64(rank)
	for _, top := range []struct {
		k    int
		into *float64
	}{{1, &r.Top1}, {3, &r.Top3}, {5, &r.Top5}} {
		if rank <= top.k {
			*top.into += share
		}
	}
}

// candidates counts the examples that can serve the query; found says whether one of them
// is of its weakness.
func (p *Pool) candidates(q RetrievalQuery) (n int, found bool) {
	for _, e := range p.examples {
		if q.Language.Compatible(e.Language) {
			n++
			found = found || slices.Contains(e.CWEs, q.CWE)
		}
	}
	return n, found
}
