package retrieval

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// Dense ranks examples by the cosine similarity of their embedding to the
// query's: the paper's own method. It compares the query with every example, so
// its ranking is exact; of more than 20,000 examples, in a store that can keep an index
// ([codebase.IndexStore]), with every one by a code first, and exactly with those that
// may be among the nearest (package nearest). Of as many in a store that searches by
// itself ([codebase.NearStore]), the store finds them, and may miss some.
//
// A query is embedded from its end, the code next to the cursor; an example from
// the start of its code. The vectors live in memory, or in the index's file; they are read
// at the first query and anew after the store has changed (see [Revisioner]). Examples that
// have no vector of the embedder yet get one then, which takes time: call
// [EnsureVectors] when examples are added.
type Dense struct {
	store    codebase.Store
	embedder Embedder
	kept     *keptIndex
	index    *snapshot[vectorSet]
}

// NewDense makes a Dense over the store, which has to be a
// [codebase.VectorStore] too; Retrieve returns an error if it is not.
func NewDense(store codebase.Store, embedder Embedder) *Dense {
	kept := &keptIndex{store: store, embedder: embedder, exactUpTo: exactExamples, remote: true}
	return &Dense{store: store, embedder: embedder, kept: kept, index: newSnapshot(store, kept.read)}
}

// OnNotice gives the retriever somebody to tell what a person should know and no query
// fails of: that the index's file was damaged and is made anew, or cannot be written. It
// is to be called before the first query.
func (r *Dense) OnNotice(notice func(text string)) { r.kept.notice = notice }

// Retrieve returns the k examples nearest to the query among those that can
// serve its language. The score is the cosine similarity, from -1 to 1. Equal
// scores are in the order of ids.
func (r *Dense) Retrieve(ctx context.Context, query Query, k int) ([]Match, error) {
	if k <= 0 {
		return nil, nil
	}
	near, err := r.compare(ctx, query, k)
	if err != nil || near.empty() {
		return nil, err
	}
	if !near.chosen {
		only, err := choose(ctx, r.store, query)
		if err == nil {
			near, err = near.keep(ctx, only, k)
		}
		if err != nil {
			return nil, err
		}
	}
	query.Text = queryWindow(query.Text)
	words := distinct(queryWords(query))
	return near.hits.best(ctx, r.store, near.ids, k, func(h hit, m *Match) {
		m.Terms = longestShared(words, m.Example, termsKept)
		m.Parts.Cosine = &Part{Value: h.score}
		m.Why = fmt.Sprintf("cosine %.2f", h.score)
		if shared := sharing(said(m.Terms, termsSaid)); shared != "" {
			m.Why += "; " + shared
		}
	})
}

// A comparison is a query's vector and how near the examples are to it that can serve
// the query's language. The hits are in the order of their places among ids, which are
// sorted; what an index found, which may become more, has them once it is named.
type comparison struct {
	ids    []string
	vector []float32
	hits   ranking
	cwes   [][]codebase.CWE // by place; nil where there is an index, which does not tell
	// index is set where the hits are no more than what it found for the language.
	index    *nearest.Index
	found    []nearest.Hit // sorted by id
	language lang.Language
	// chosen says that the store has left out what the query does not admit.
	chosen bool
}

// spare is how many hits beyond those wanted a comparison has at least, in place of
// examples that were removed since the index was made.
const spare = 16

// compare embeds the query, if there is anything to compare it with. It has the k nearest
// at least, and all where they are not too many.
func (r *Dense) compare(ctx context.Context, query Query, k int) (comparison, error) {
	set, err := r.index.get(ctx)
	if err != nil {
		return comparison{}, err
	}
	var places []int
	if set.exact != nil {
		if places = set.exact.compatible(query.Language); len(places) == 0 {
			return comparison{}, nil
		}
	}
	vector, err := embedQuery(ctx, r.embedder, queryWindow(query.Text))
	if err != nil {
		return comparison{}, err
	}
	if set.remote != nil {
		return compareRemote(ctx, set.remote, r.embedder.ID(), vector, query, k+spare)
	}
	if set.exact == nil {
		return compareNearest(ctx, set.near, vector, query.Language, k+spare)
	}
	hits, err := set.exact.score(ctx, vector, places)
	return comparison{ids: set.exact.ids, vector: vector, hits: hits, cwes: set.exact.cwes}, err
}

// compareRemote has the store search among what the query admits: once for each weakness.
func compareRemote(ctx context.Context, store codebase.NearStore, embedder string, vector []float32, query Query, k int) (comparison, error) {
	filter := codebase.Filter{Language: query.Language, SourceKind: query.Only.SourceKind, Since: query.Only.Since}
	cwes := WithKinds(query.Only.CWEs)
	if len(cwes) == 0 {
		cwes = []codebase.CWE{0}
	}
	scores := make(map[string]float64)
	for _, filter.CWE = range cwes {
		found, err := store.Nearest(ctx, embedder, vector, filter, k)
		if err != nil {
			return comparison{}, err
		}
		for _, f := range found {
			scores[f.ID] = f.Score
		}
	}
	near := comparison{vector: vector, ids: slices.Sorted(maps.Keys(scores)), chosen: true}
	for place, id := range near.ids {
		near.hits = append(near.hits, hit{place, scores[id]})
	}
	return near, nil
}

func compareNearest(ctx context.Context, index *nearest.Index, vector []float32, language lang.Language, k int) (comparison, error) {
	found, err := index.Search(ctx, vector, k, nearest.Filter{Language: language})
	if err != nil {
		return comparison{}, err
	}
	sortByID(found)
	return comparison{vector: vector, index: index, found: found, language: language}, nil
}

func sortByID(found []nearest.Hit) {
	slices.SortFunc(found, func(a, b nearest.Hit) int { return a.ID.Compare(b.ID) })
}

func (n comparison) empty() bool { return len(n.hits) == 0 && len(n.found) == 0 }

// keep returns the comparison with what is admitted alone, of an index the k nearest at
// least. It is named.
func (n comparison) keep(ctx context.Context, only choice, k int) (comparison, error) {
	if n.index == nil {
		n.hits = only.keep(n.hits, n.ids, n.cwes)
		return n, nil
	}
	if !only.all() {
		found, err := only.nearest(ctx, n, k+spare)
		if err != nil {
			return n, err
		}
		sortByID(found)
		n.found = found
	}
	n.name()
	return n, nil
}

// with returns the comparison with more examples, of the index; their ids are in order. Those
// that it has not (any more) are left out.
func (n comparison) with(more []nearest.ID) (comparison, error) {
	ids := n.lacking(more)
	cosines, err := n.index.Score(n.vector, ids)
	if err != nil {
		return n, err
	}
	merged, rest := make([]nearest.Hit, 0, len(n.found)+len(ids)), n.found
	for i, id := range ids {
		if math.IsNaN(cosines[i]) {
			continue
		}
		for len(rest) > 0 && rest[0].ID.Compare(id) < 0 {
			merged, rest = append(merged, rest[0]), rest[1:]
		}
		merged = append(merged, nearest.Hit{ID: id, Score: cosines[i]})
	}
	merged = append(merged, rest...)
	n.found = merged
	return n, nil
}

// lacking are those of the ids, which are in order, that were not found yet.
func (n comparison) lacking(ids []nearest.ID) []nearest.ID {
	lacking, found := make([]nearest.ID, 0, len(ids)), n.found
	for _, id := range ids {
		for len(found) > 0 && found[0].ID.Compare(id) < 0 {
			found = found[1:]
		}
		if len(found) == 0 || found[0].ID != id {
			lacking = append(lacking, id)
		}
	}
	return lacking
}

// id is that of a place, as indices have it; it is not known of one that no index can hold.
func (n comparison) id(place int) (id nearest.ID, known bool) {
	if n.index != nil {
		return n.found[place].ID, true
	}
	id, err := indexID(n.ids[place])
	return id, err == nil
}

// name sets ids and hits to what the index found.
func (n *comparison) name() {
	n.ids, n.hits = make([]string, len(n.found)), make(ranking, len(n.found))
	for place, h := range n.found {
		n.ids[place], n.hits[place] = hex.EncodeToString(h.ID[:]), hit{place, h.Score}
	}
}

func embedQuery(ctx context.Context, embedder Embedder, text string) ([]float32, error) {
	vectors, err := embedder.Embed(ctx, []string{text})
	if err != nil {
		return nil, fmt.Errorf("embed the query with %s: %w", embedder.ID(), err)
	}
	if len(vectors) != 1 {
		return nil, fmt.Errorf("embed the query with %s: it made %d vectors of one text", embedder.ID(), len(vectors))
	}
	if err := checkVector(vectors[0], embedder.Dimensions()); err != nil {
		return nil, fmt.Errorf("embed the query with %s: its vector %w", embedder.ID(), err)
	}
	return vectors[0], nil
}

// longestShared returns up to n of the query's words, which are sorted, that the
// example has too. Long words stand in for rare ones, which only a word index
// could tell.
func longestShared(words []string, example codebase.Example, n int) []Term {
	own := distinct(exampleWords(example))
	var shared []Term
	for _, word := range words {
		if _, found := slices.BinarySearch(own, word); found && len(word) > 2 {
			shared = append(shared, Term{Word: word})
		}
	}
	slices.SortStableFunc(shared, func(a, b Term) int { return len(b.Word) - len(a.Word) })
	return shared[:min(n, len(shared))]
}

// vectorStore asks a store for its vectors.
func vectorStore(store codebase.Store) (codebase.VectorStore, error) {
	vectors, ok := store.(codebase.VectorStore)
	if !ok {
		return nil, errors.New("this store keeps no vectors, which dense retrieval needs: use another store, or another retriever (bm25)")
	}
	return vectors, nil
}
