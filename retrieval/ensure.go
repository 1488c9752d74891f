package retrieval

import (
	"context"
	"errors"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
)

// embedBatch is how many examples are embedded and stored at a time. An
// interrupted run loses no more than one batch.
const embedBatch = 16

// EnsureVectors embeds the examples that have no vector of the embedder yet and
// stores the vectors, batch by batch: what is done before an error or the end of
// ctx stays done. It returns how many vectors it added.
//
// The store has to be a [codebase.VectorStore] too. Progress, where not nil, is
// called before the first batch and after each; not at all if nothing is missing.
func EnsureVectors(ctx context.Context, store codebase.Store, embedder Embedder, progress func(done, total int)) (added int, err error) {
	vectors, err := vectorStore(store)
	if err != nil {
		return 0, err
	}
	missing, err := vectors.WithoutVector(ctx, embedder.ID())
	if err != nil {
		return 0, fmt.Errorf("list the examples without a vector of %s: %w", embedder.ID(), err)
	}
	if len(missing) == 0 {
		return 0, nil
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, len(missing))
	for start := 0; start < len(missing); start += embedBatch {
		end := min(start+embedBatch, len(missing))
		n, err := embedInto(ctx, store, vectors, embedder, missing[start:end])
		added += n
		if err != nil {
			return added, err
		}
		progress(end, len(missing))
	}
	return added, nil
}

// embedInto embeds one batch. Examples that were removed meanwhile are passed over.
func embedInto(ctx context.Context, store codebase.Store, vectors codebase.VectorStore, embedder Embedder, ids []string) (int, error) {
	examples, err := fetchMany(ctx, store, ids)
	if err != nil {
		return 0, err
	}
	embedded, err := EmbedExamples(ctx, embedder, examples)
	if err != nil || len(embedded) == 0 {
		return 0, err
	}
	batch := make(map[string][]float32, len(embedded))
	for _, vector := range embedded {
		batch[vector.ExampleID] = vector.Values
	}
	if err := vectors.PutVectors(ctx, embedder.ID(), batch); err != nil {
		return 0, fmt.Errorf("store %d vectors of %s: %w", len(batch), embedder.ID(), err)
	}
	return len(batch), nil
}

// fetchMany fetches the examples with these ids, which are in order, at once where the store can. Those
// that were removed meanwhile are left out.
func fetchMany(ctx context.Context, store codebase.Store, ids []string) ([]codebase.Example, error) {
	if bulk, ok := store.(codebase.BulkStore); ok {
		examples, err := bulk.GetMany(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("fetch %d examples from the secure codebase: %w", len(ids), err)
		}
		return examples, nil
	}
	var examples []codebase.Example
	for _, id := range ids {
		example, err := store.Get(ctx, id)
		if errors.Is(err, codebase.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("fetch example %s from the secure codebase: %w", id, err)
		}
		examples = append(examples, example)
	}
	return examples, nil
}

// EmbedExamples embeds the examples' code, from its start, and returns their
// vectors in the same order. It checks what the embedder made: an error names
// the example whose vector cannot be used.
func EmbedExamples(ctx context.Context, embedder Embedder, examples []codebase.Example) ([]codebase.Vector, error) {
	var made []codebase.Vector
	for start := 0; start < len(examples); start += embedBatch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		batch := examples[start:min(start+embedBatch, len(examples))]
		texts := make([]string, len(batch))
		for i, example := range batch {
			texts[i] = documentText(example)
		}
		values, err := embedder.Embed(ctx, texts)
		if err != nil {
			return nil, fmt.Errorf("embed %d examples, the first %s, with %s: %w", len(batch), batch[0].ID, embedder.ID(), err)
		}
		if len(values) != len(batch) {
			return nil, fmt.Errorf("embed examples with %s: it made %d vectors of %d texts", embedder.ID(), len(values), len(batch))
		}
		for i, example := range batch {
			if err := checkVector(values[i], embedder.Dimensions()); err != nil {
				return nil, fmt.Errorf("embed example %s with %s: its vector %w", example.ID, embedder.ID(), err)
			}
			made = append(made, codebase.Vector{ExampleID: example.ID, Values: values[i]})
		}
	}
	return made, nil
}
