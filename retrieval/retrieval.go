// Package retrieval is step 2 of SecCoder, Demonstration selection (arXiv
// 2410.01488, section 3.2): given the code before the cursor, it ranks the
// secure codebase's examples by how well they fit.
//
// A [Retriever] ranks. [Dense] is the paper's method, cosine similarity of
// sentence embeddings; [BM25] and [Random] are its baselines; [Fused] decides on a
// weakness before it ranks examples. What the retriever
// returns is not yet a prompt: package integration decides which of the ranked
// examples fit the token budget.
//
//	r := retrieval.NewBM25(store, retrieval.BM25Options{})
//	matches, err := r.Retrieve(ctx, retrieval.Query{Text: before, Language: lang.Python}, 5)
//	for _, m := range matches {
//		fmt.Println(m.Example.Title, m.Why)
//	}
package retrieval

import (
	"context"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Retriever ranks the examples of the secure codebase for a query, the best
// first, at most k of them. No fitting example is an empty result and no error.
// The retrievers of this package may be used by several goroutines at once.
type Retriever interface {
	Retrieve(ctx context.Context, query Query, k int) ([]Match, error)
}

// A Noticer is a Retriever with something to tell a person that no query fails of, in one
// line each. It is asked for by type assertion.
type Noticer interface {
	// OnNotice says who is to be told; nil is nobody. It is called before the first query.
	OnNotice(notice func(text string))
}

var (
	_ Noticer = (*BM25)(nil)
	_ Noticer = (*Dense)(nil)
	_ Noticer = (*Fused)(nil)
)

// A Query is what examples are wanted for.
type Query struct {
	// Text is the code before the cursor, or words that a person typed.
	Text string
	// Language, where set, keeps the examples that can serve it.
	Language lang.Language
	// Only chooses among the examples.
	Only Filter
	// Seed makes a retriever that draws by lot repeatable. Others do not read it.
	Seed uint64
}

// A Match is an example that a retriever chose.
type Match struct {
	Example codebase.Example `json:"example"`
	// Score is comparable within one result only; larger is better.
	Score float64 `json:"score"`
	// Confidence is how likely the example is about the weakness that the query is in danger
	// of: a calibrated probability, so that of the queries answered with 0.7 seven in ten are
	// answered rightly. Only the first match has it, and only from a retriever that decides
	// on weaknesses ([Fused]); elsewhere it is 0.
	Confidence float64 `json:"confidence,omitempty"`
	// Why says in one line, for a person, what made the example fit: terms in common,
	// or the similarity.
	Why string `json:"why"`
	// Parts are what the score is made of, and Terms the words that query and example have in
	// common, those that weigh most first, at most twelve.
	Parts Parts  `json:"parts"`
	Terms []Term `json:"terms,omitempty"`
}

// An Embedder turns texts into vectors of one length, normalised to unit
// Euclidean length.
type Embedder interface {
	// Embed returns one vector a text, in order. It may be called by several goroutines
	// at once.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// ID names the model and all that determines its vectors: vectors with different
	// ids cannot be compared.
	ID() string
	// Dimensions is the length of every vector.
	Dimensions() int
}
