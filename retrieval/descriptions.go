package retrieval

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // for the vectors
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// weaknessVectors are the vectors of the weaknesses' descriptions that the program's own
// embedder makes, in the form of ReadVectors. In place of an example's id stands the
// SHA-256 of the text.
//
//go:embed weaknesses.vectors
var weaknessVectors []byte

// descriptions are vectors of the weaknesses' descriptions.
type descriptions map[codebase.CWE][]float32

// readDescriptions takes the vectors that came with the program where they are the
// embedder's, and makes them elsewhere.
func readDescriptions(ctx context.Context, embedder Embedder) (descriptions, error) {
	id, vectors, err := ReadVectors(bytes.NewReader(weaknessVectors))
	if err != nil {
		return nil, fmt.Errorf("read the vectors of the weaknesses' descriptions: %w", err)
	}
	if id != embedder.ID() {
		if vectors, err = EmbedWeaknesses(ctx, embedder); err != nil {
			return nil, err
		}
	}
	byText := make(map[string][]float32, len(vectors))
	for _, v := range vectors {
		byText[v.ExampleID] = v.Values
	}
	read := make(descriptions, len(weaknessTexts))
	for cwe, text := range weaknessTexts {
		vector, ok := byText[textID(text)]
		if !ok {
			return nil, fmt.Errorf("read the vectors of the weaknesses' descriptions: %s has none; run make vectors", cwe)
		}
		read[cwe] = vector
	}
	return read, nil
}

// EmbedWeaknesses embeds the descriptions of weaknesses that [Fused] compares queries
// with, in the order of the weaknesses' numbers. In place of an example's id the vectors
// have the SHA-256 of the text.
func EmbedWeaknesses(ctx context.Context, embedder Embedder) ([]codebase.Vector, error) {
	var texts []codebase.Example
	for _, cwe := range slices.Sorted(maps.Keys(weaknessTexts)) {
		text := weaknessTexts[cwe]
		texts = append(texts, codebase.Example{ID: textID(text), Code: text})
	}
	vectors, err := EmbedExamples(ctx, embedder, texts)
	if err != nil {
		return nil, fmt.Errorf("embed the weaknesses' descriptions: %w", err)
	}
	return vectors, nil
}

func textID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// compare gives the cosine of a vector and each description.
func (d descriptions) compare(vector []float32) map[codebase.CWE]float64 {
	cosines := make(map[codebase.CWE]float64, len(d))
	for cwe, description := range d {
		cosines[cwe] = float64(dot(vector, description))
	}
	return cosines
}
