package retrieval

import "github.com/seccoder/seccoder/codebase"

// Parts are what the score of a [Match] is made of, as far as its retriever computes them.
type Parts struct {
	// BM25 is the score for words in common, Cosine the similarity of the embeddings. Fused
	// adds them up, each brought to one scale.
	BM25   *Part `json:"bm25,omitempty"`
	Cosine *Part `json:"cosine,omitempty"`
	// Weakness is what made the weakness likely for which the example was taken. Only
	// [Fused] decides on weaknesses, and only for code.
	Weakness *WeaknessParts `json:"weakness,omitempty"`
}

// A Part is one score.
type Part struct {
	Value float64 `json:"value"`
	// Z is by how many standard deviations it is above the mean of all examples that can
	// serve the query; 0 where the retriever needs no such scale.
	Z float64 `json:"z,omitempty"`
}

// WeaknessParts say why a weakness is thought to lurk in the query's code.
type WeaknessParts struct {
	// CWE is the weakness; 0 is that of examples which name none.
	CWE codebase.CWE `json:"cwe,omitzero"`
	// Votes is its share of the votes of the examples that are nearest.
	Votes float64 `json:"votes"`
	// Description is the cosine of the query and its description; nil where it has none.
	Description *float64 `json:"description,omitempty"`
	// Head is the trained head's probability, among the weaknesses that the codebase has and
	// that the head knows; nil where it does not know this one.
	Head *float64 `json:"head,omitempty"`
	// Probability is what comes of these.
	Probability float64 `json:"probability"`
}

// A Term is a word that query and example have in common.
type Term struct {
	Word string `json:"word"`
	// Weight is what the word adds to the BM25 score; 0 from a retriever that computes none.
	Weight float64 `json:"weight,omitempty"`
}

const (
	// termsKept is how many terms a match has at most, and termsSaid how many of them its
	// Why names.
	termsKept = 12
	termsSaid = 3
)

// said are the words of the first n terms.
func said(terms []Term, n int) []string {
	words := make([]string, 0, n)
	for _, term := range terms[:min(n, len(terms))] {
		words = append(words, term.Word)
	}
	return words
}
