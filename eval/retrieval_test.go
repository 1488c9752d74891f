package eval_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// ofRepository makes an example that comes from a repository.
func ofRepository(l lang.Language, code, repository string, cwes ...codebase.CWE) codebase.Example {
	e := codebase.Example{
		Code: code, Language: l, CWEs: cwes, Insecure: "one\ntwo\nthree\n",
		Source: codebase.Source{Kind: "dataset", Repository: repository, Licence: "NOASSERTION"},
	}
	e.ID = e.Hash()
	return e
}

var bases = []codebase.Example{
	ofRepository(lang.C, "int apple(void) { return banana; }", "https://host/fruit/commit/1a", 125),
	ofRepository(lang.C, "int apple(void) { return cherry; }", "https://host/fruit/commit/2b", 787),
	ofRepository(lang.C, "int apple(void) { return apple + 1; }", "https://host/other/commit/3c", 787),
	ofRepository(lang.CPP, "int damson(void) { return damson; }", "", 190),
	ofRepository(lang.Python, "banana = apple()", "", 125),
}

func bm25(store codebase.Store) (retrieval.Retriever, error) {
	return retrieval.NewBM25(store, retrieval.BM25Options{}), nil
}

func TestRankQueries(t *testing.T) {
	queries := []eval.RetrievalQuery{
		{ID: "first", Text: "banana", Language: lang.C, CWE: 125},
		{ID: "third", Text: "int apple(void) { return cherry", Language: lang.C, CWE: 125},
		{ID: "not ranked", Text: "banana", Language: lang.C, CWE: 787},
		{ID: "of its own repository", Text: "int apple(void) { return cherry", Language: lang.C, CWE: 787, Repository: "https://host/fruit"},
		{ID: "nothing of its weakness left", Text: "banana", Language: lang.C, CWE: 125, Repository: "https://host/fruit"},
		{ID: "no such weakness in the language", Text: "banana", Language: lang.Python, CWE: 787},
		{ID: "in a compatible language", Text: "damson", Language: lang.CPP, CWE: 125},
	}
	done := 0
	ranked, err := eval.RankQueries(t.Context(), eval.NewPool(bases, "", nil), bm25, queries, 1, func() { done++ })
	if err != nil {
		t.Fatal(err)
	}
	want := []*eval.RankedQuery{
		{ID: "first", Language: lang.C, CWE: 125, Top1: 1, Top3: 1, Top5: 1, Rank: 1, ReciprocalRank: 1, SameLanguage: 1},
		{ID: "third", Language: lang.C, CWE: 125, Top3: 1, Top5: 1, Rank: 3, ReciprocalRank: 1. / 3, SameLanguage: 1},
		{ID: "not ranked", Language: lang.C, CWE: 787, Rank: 3, SameLanguage: 1},
		{ID: "of its own repository", Language: lang.C, CWE: 787, Top1: 1, Top3: 1, Top5: 1, Rank: 1, ReciprocalRank: 1, SameLanguage: 1},
		nil,
		nil,
		{ID: "in a compatible language", Language: lang.CPP, CWE: 125, Rank: 4, SameLanguage: 1},
	}
	if diff := cmp.Diff(want, ranked); diff != "" {
		t.Error(diff)
	}
	if done != len(queries) {
		t.Errorf("done was called %d times for %d queries", done, len(queries))
	}
}

// The rank of a retriever that draws by lot is a mean over its draws.
func TestRankQueriesByLot(t *testing.T) {
	open := func(store codebase.Store) (retrieval.Retriever, error) { return retrieval.NewRandom(store), nil }
	query := eval.RetrievalQuery{ID: "q", Text: "banana", Language: lang.C, CWE: 125}
	ranked, err := eval.RankQueries(t.Context(), eval.NewPool(bases[:3], "", nil), open, []eval.RetrievalQuery{query}, 300, func() {})
	if err != nil {
		t.Fatal(err)
	}
	if q := ranked[0]; q.Rank < 1.8 || q.Rank > 2.2 || q.Top1 < 0.25 || q.Top1 > 0.42 || q.Top3 < 0.999 {
		t.Errorf("mean rank %.2f, top-1 %.2f and top-3 %.2f of 300 draws out of three", q.Rank, q.Top1, q.Top3)
	}
}

func TestRankQueriesFails(t *testing.T) {
	broken := errors.New("broken")
	open := func(codebase.Store) (retrieval.Retriever, error) { return nil, broken }
	_, err := eval.RankQueries(t.Context(), eval.NewPool(bases, "", nil), open, []eval.RetrievalQuery{{ID: "q"}}, 1, func() {})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want that the retriever could not be made", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = eval.RankQueries(ctx, eval.NewPool(bases, "", nil), bm25, []eval.RetrievalQuery{{ID: "q", Text: "apple", Language: lang.C, CWE: 125}}, 1, func() {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

func TestSumUpRankings(t *testing.T) {
	at := func(l lang.Language, rank float64) *eval.RankedQuery {
		q := &eval.RankedQuery{Language: l, Rank: rank, ReciprocalRank: 1 / rank, Top5: 1}
		if rank == 1 {
			q.Top1, q.Top3 = 1, 1
		}
		return q
	}
	rows := [][]*eval.RankedQuery{
		{at(lang.C, 1), at(lang.Python, 4), nil},
		{at(lang.C, 4), at(lang.Python, 4), nil},
	}
	m := eval.SumUpRankings(rows, nil)
	if m.Queries != 2 || m.Top1.Value != 0.25 || m.Top5.Value != 1 || m.Rank.Value != 3.25 || m.MRR.Value != (1+.25+.25+.25)/4 {
		t.Errorf("got %+v", m)
	}
	if m.Top1.Low > 0.25 || m.Top1.High < 0.25 || m.Top1.High > 1 {
		t.Errorf("top-1 is %+v", m.Top1)
	}
	m = eval.SumUpRankings(rows, func(q *eval.RankedQuery) bool { return q.Language == lang.Python })
	if m.Queries != 1 || m.Rank.Value != 4 {
		t.Errorf("of Python: %+v", m)
	}
	var others [][]*eval.RankedQuery
	for _, row := range rows {
		others = append(others, append(slices.Clone(row), at(lang.Python, 1), at(lang.Go, 2), at(lang.Go, 1), at(lang.Go, 3)))
	}
	if diff := cmp.Diff(eval.SumUpRankings(rows, nil), eval.SumUpRankings(others, func(q *eval.RankedQuery) bool {
		return q.Language != lang.Go && (q.Language != lang.Python || q.Rank > 1)
	})); diff != "" {
		t.Errorf("queries that were not chosen change the intervals:\n%s", diff)
	}
	if m.Shown != nil || m.ShownTop1 != nil {
		t.Errorf("shown %v, right of those %v, though no confidence was told", m.Shown, m.ShownTop1)
	}
	for i, confidence := range []float64{0.9, 0.4} {
		rows[0][i].Confidence, rows[1][i].Confidence = confidence, confidence+0.05
		rows[0][i].Right2, rows[1][i].Right2 = confidence, 0.5
	}
	m = eval.SumUpRankings(rows, nil)
	if m.Shown == nil || m.Shown.Value != 0.5 || m.ShownTop1.Value != 0.5 {
		t.Errorf("shown %+v, right of those %+v, want a half each", m.Shown, m.ShownTop1)
	}
	if m.ShownRight2.Value != 0.7 || m.ShownRight3.Value != 0 {
		t.Errorf("right of two %+v, of three %+v, want those of the query that is shown any", m.ShownRight2, m.ShownRight3)
	}
	if m = eval.SumUpRankings([][]*eval.RankedQuery{{nil}}, nil); m.Queries != 0 || m.Top1.Known() {
		t.Errorf("of nothing: %+v", m)
	}
}

// The same queries are drawn for both: what one is ahead by in each is certain, however
// much the queries differ.
func TestCompareRankings(t *testing.T) {
	var a, b []*eval.RankedQuery
	for i := range 20 {
		q := eval.RankedQuery{Language: lang.C, Rank: float64(1 + i), Top1: float64(i % 2), Top3: 1, Top5: 1, ReciprocalRank: 0.75}
		if i%4 == 0 {
			q.Language = lang.Python
		}
		behind := q
		behind.Rank += 2
		behind.Top1, behind.Top3 = 0, 0
		behind.ReciprocalRank -= 0.25
		a, b = append(a, &q, nil), append(b, &behind, nil)
	}
	compare := func(keep func(*eval.RankedQuery) bool) eval.RankingDifferences {
		return eval.CompareRankings([][]*eval.RankedQuery{a}, [][]*eval.RankedQuery{b}, keep)
	}
	d := compare(nil)
	if want := (eval.Estimate{Value: -2, Low: -2, High: -2, Of: 20}); d.Queries != 20 || d.Rank != want {
		t.Errorf("ahead by two places in each of 20 queries: %+v", d)
	}
	if d.Top1.Value != 0.5 || d.Top1.Low < 0.25 || d.Top1.Low > 0.4 || d.Top1.High < 0.6 || d.Top1.High > 0.75 {
		t.Errorf("first in half of 20 queries more: %+v", d.Top1)
	}
	if d.Top3.Value != 1 || d.Top3.Low >= 1 || d.Top5.Value != 0 || d.Top5.Low >= 0 || d.MRR.Value != 0.25 {
		t.Errorf("among the first three in all, five in none, of a reciprocal rank of a quarter more: %+v", d)
	}
	d = compare(func(q *eval.RankedQuery) bool { return q.Language == lang.Python })
	if d.Queries != 5 || d.Top1.Value != 0 || d.Top1.Low >= 0 || d.Top1.High <= 0 {
		t.Errorf("no difference in five queries leaves room for one: %+v", d.Top1)
	}
	nothing := [][]*eval.RankedQuery{{nil}}
	if d = eval.CompareRankings(nothing, nothing, nil); d.Queries != 0 || d.Top1.Known() || d.Rank.Known() {
		t.Errorf("of nothing: %+v", d)
	}
}

// In several codebases a query is one, and counts in those where it could be found.
func TestCompareRankingsOfSubsets(t *testing.T) {
	at := func(rank float64) *eval.RankedQuery { return &eval.RankedQuery{Rank: rank, ReciprocalRank: 1 / rank} }
	a := [][]*eval.RankedQuery{{at(1), at(4), nil}, {at(1), nil, nil}}
	b := [][]*eval.RankedQuery{{at(2), at(8), nil}, {at(4), nil, nil}}
	d := eval.CompareRankings(a, b, nil)
	// The first row is ahead by (1+4)/2, the second by 3.
	if d.Queries != 2 || d.Rank.Value != -2.75 {
		t.Errorf("two queries, 2.75 places ahead: %+v", d)
	}
	if d.Rank.Low != -4 || d.Rank.High != -2 {
		t.Errorf("either query drawn alone gives the ends of the interval: %+v", d.Rank)
	}
}

// chooser ranks as it is told and chooses the last ones.
type chooser struct{ retrieval.Retriever }

func (r chooser) Choose(ctx context.Context, q retrieval.Query, n int, _ float64) ([]retrieval.Match, error) {
	matches, err := r.Retrieve(ctx, q, 99)
	return matches[max(len(matches)-n, 0):], err
}

func TestRankChosen(t *testing.T) {
	examples := []codebase.Example{bases[0], bases[1], bases[2], bases[3]}
	rank := func(wrap func(retrieval.Retriever) retrieval.Retriever) *eval.RankedQuery {
		open := func(store codebase.Store) (retrieval.Retriever, error) { return wrap(retrieval.NewRandom(store)), nil }
		query := eval.RetrievalQuery{ID: "q", Text: "int x", Language: lang.CPP, CWE: bases[0].CWEs[0]}
		ranked, err := eval.RankQueries(t.Context(), eval.NewPool(examples, "", nil), open, []eval.RetrievalQuery{query}, 1, func() {})
		if err != nil {
			t.Fatal(err)
		}
		return ranked[0]
	}
	if q := rank(func(r retrieval.Retriever) retrieval.Retriever { return r }); q.Right2 != 0 || q.Right3 != 0 {
		t.Errorf("a retriever that does not choose has chosen rightly: %+v", q)
	}
	right := 0.0
	for _, m := range mustChosen(t, examples) {
		if slices.Contains(m.Example.CWEs, bases[0].CWEs[0]) {
			right++
		}
	}
	if q := rank(func(r retrieval.Retriever) retrieval.Retriever { return chooser{r} }); q.Right3 != right/3 {
		t.Errorf("right of three is %v, want %v", q.Right3, right/3)
	}
}

func mustChosen(t *testing.T, examples []codebase.Example) []retrieval.Match {
	t.Helper()
	chosen, err := chooser{retrieval.NewRandom(eval.NewPool(examples, "", nil))}.Choose(t.Context(), retrieval.Query{Language: lang.CPP}, 3, 0)
	if err != nil || len(chosen) != 3 {
		t.Fatal(len(chosen), err)
	}
	return chosen
}

func TestHalfQueries(t *testing.T) {
	noTwin := ofRepository(lang.C, "int x;", "", 125)
	noTwin.Insecure = ""
	queries := eval.HalfQueries([]codebase.Example{bases[0], noTwin})
	want := []eval.RetrievalQuery{{ID: bases[0].ID, Text: "one\ntwo\n", Language: lang.C, CWE: 125, Repository: "https://host/fruit"}}
	if diff := cmp.Diff(want, queries); diff != "" {
		t.Error(diff)
	}
}

func TestScenarioQueries(t *testing.T) {
	suite := eval.Suite{Name: "own", Scenarios: []eval.Scenario{
		{ID: "c/a", CWE: 125, Language: lang.C, Prompt: "int a", Split: eval.Test},
		{ID: "c/function", Language: lang.C, Prompt: "int b", Split: eval.Test},
		{ID: "python/a", CWE: 89, Language: lang.Python, Prompt: "def a", Split: eval.Test},
	}}
	queries := eval.ScenarioQueries(suite, []string{"c"})
	want := []eval.RetrievalQuery{{ID: "own c/a", Text: "int a", Language: lang.C, CWE: 125}}
	if diff := cmp.Diff(want, queries); diff != "" {
		t.Error(diff)
	}
}

// A Pool gives what a store gives, and takes nothing.
func TestPool(t *testing.T) {
	ctx := t.Context()
	vectors := map[string][]float32{bases[0].ID: {1, 0}, bases[4].ID: {0, 1}, "another": {1, 1}}
	pool := eval.NewPool(bases, "e", vectors)
	var ids []string
	for e, err := range pool.Examples(ctx, codebase.Filter{Language: lang.CPP, SourceKind: "dataset"}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	want := []string{bases[0].ID, bases[1].ID, bases[2].ID, bases[3].ID}
	slices.Sort(want)
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("examples that serve C++: %s", diff)
	}
	var with []string
	for v, err := range pool.Vectors(ctx, "e", codebase.Filter{CWE: 125, Language: lang.Python}) {
		if err != nil {
			t.Fatal(err)
		}
		with = append(with, fmt.Sprint(v))
	}
	if diff := cmp.Diff([]string{fmt.Sprint(codebase.Vector{ExampleID: bases[4].ID, Values: []float32{0, 1}})}, with); diff != "" {
		t.Errorf("vectors: %s", diff)
	}
	if missing, err := pool.WithoutVector(ctx, "e"); err != nil || len(missing) != 3 {
		t.Errorf("without a vector: %q, %v", missing, err)
	}
	if missing, err := pool.WithoutVector(ctx, "other"); err != nil || len(missing) != len(bases) {
		t.Errorf("without one of another embedder: %q, %v", missing, err)
	}
	if _, err := pool.Get(ctx, "nothing"); !errors.Is(err, codebase.ErrNotFound) {
		t.Errorf("got %v for an unknown id", err)
	}
	if _, err := pool.Add(ctx, bases[0]); err == nil {
		t.Error("an example was added")
	}
	if _, err := pool.Remove(ctx, bases[0].ID); err == nil {
		t.Error("an example was removed")
	}
	if err := pool.PutVectors(ctx, "e", vectors); err == nil {
		t.Error("vectors were put in")
	}
}
