package retrieval

import (
	"context"
	"sync"
)

// A RememberingEmbedder computes the vector of each text once: for measurements that ask
// several retrievers the same queries, or train several heads on the same texts. It forgets
// nothing, so it is not for a program that runs on.
type RememberingEmbedder struct {
	Embedder
	// OnText, where not nil, is told after each text how many were computed.
	OnText func(computed int)

	mu    sync.Mutex
	known map[string][]float32
}

// Embed implements Embedder.
func (e *RememberingEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known == nil {
		e.known = make(map[string][]float32)
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if _, ok := e.known[text]; !ok {
			computed, err := e.Embedder.Embed(ctx, []string{text})
			if err != nil {
				return nil, err
			}
			e.known[text] = computed[0]
			if e.OnText != nil {
				e.OnText(len(e.known))
			}
		}
		vectors[i] = e.known[text]
	}
	return vectors, nil
}
