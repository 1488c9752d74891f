package retrieval

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// Dense ranks examples by the cosine similarity of their embedding to the
// query's: the paper's own method. It compares the query with every example, so
// its ranking is exact.
//
// A query is embedded from its end, the code next to the cursor; an example from
// the start of its code. The vectors live in memory; they are read at the first
// query and anew after the store has changed (see [Revisioner]). Examples that
// have no vector of the embedder yet get one then, which takes time: call
// [EnsureVectors] when examples are added.
type Dense struct {
	store    codebase.Store
	embedder Embedder
	index    *snapshot[*vectorIndex]
}

// NewDense makes a Dense over the store, which has to be a
// [codebase.VectorStore] too; Retrieve returns an error if it is not.
func NewDense(store codebase.Store, embedder Embedder) *Dense {
	return &Dense{store: store, embedder: embedder, index: newSnapshot(store, func(ctx context.Context) (*vectorIndex, error) {
		return readVectorIndex(ctx, store, embedder)
	})}
}

// Retrieve returns the k examples nearest to the query among those that can
// serve its language. The score is the cosine similarity, from -1 to 1. Equal
// scores are in the order of ids.
func (r *Dense) Retrieve(ctx context.Context, query Query, k int) ([]Match, error) {
	if k <= 0 {
		return nil, nil
	}
	near, err := r.compare(ctx, query)
	if err != nil {
		return nil, err
	}
	query.Text = queryWindow(query.Text)
	words := distinct(queryWords(query))
	return near.hits.best(ctx, r.store, near.ids, k, func(h hit, example codebase.Example) string {
		why := fmt.Sprintf("cosine %.2f", h.score)
		if shared := sharing(longestShared(words, example, 3)); shared != "" {
			why += "; " + shared
		}
		return why
	})
}

// A comparison is a query's vector and how near the examples are to it that can serve
// the query's language. The hits are in the order of their places among ids.
type comparison struct {
	ids    []string
	vector []float32
	hits   ranking
}

// compare embeds the query, if there is anything to compare it with.
func (r *Dense) compare(ctx context.Context, query Query) (comparison, error) {
	index, err := r.index.get(ctx)
	if err != nil {
		return comparison{}, err
	}
	places := index.compatible(query.Language)
	if len(places) == 0 {
		return comparison{}, nil
	}
	vector, err := embedQuery(ctx, r.embedder, queryWindow(query.Text))
	if err != nil {
		return comparison{}, err
	}
	hits, err := index.score(ctx, vector, places)
	return comparison{index.ids, vector, hits}, err
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
func longestShared(words []string, example codebase.Example, n int) []string {
	own := distinct(exampleWords(example))
	var shared []string
	for _, word := range words {
		if _, found := slices.BinarySearch(own, word); found && len(word) > 2 {
			shared = append(shared, word)
		}
	}
	slices.SortStableFunc(shared, func(a, b string) int { return len(b) - len(a) })
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
