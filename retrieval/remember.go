package main

import (
	"context"
	"fmt"
	"io"

	"github.com/seccoder/seccoder/retrieval"
)

// tellEvery is after how many texts a line says how far embedding is.
const tellEvery = 200

// A rememberingEmbedder embeds each text once, however many heads are trained on it: that
// takes most of the time of a training. It serves one goroutine.
type rememberingEmbedder struct {
	retrieval.Embedder
	known    map[string][]float32
	progress io.Writer
}

func newRemembering(embedder retrieval.Embedder, progress io.Writer) *rememberingEmbedder {
	return &rememberingEmbedder{Embedder: embedder, known: map[string][]float32{}, progress: progress}
}

// Embed implements retrieval.Embedder.
func (e *rememberingEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if _, ok := e.known[text]; !ok {
			made, err := e.Embedder.Embed(ctx, []string{text})
			if err != nil {
				return nil, err
			}
			e.known[text] = made[0]
			if len(e.known)%tellEvery == 0 {
				fmt.Fprintf(e.progress, "embedded %d texts\n", len(e.known))
			}
		}
		vectors[i] = e.known[text]
	}
	return vectors, nil
}
