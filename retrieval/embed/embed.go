// Package embed turns code into vectors for dense retrieval.
//
// [MiniLM] is the sentence embedder all-MiniLM-L6-v2 (384 dimensions, 256 tokens),
// run by the embedded engine; [BuildMiniLM] makes the engine's model file from the
// published one.
package embed

import (
	"context"
	"fmt"

	"github.com/seccoder/seccoder/internal/engine"
)

const (
	// miniLMTokens is the length to which all-MiniLM-L6-v2 was trained to read.
	miniLMTokens     = 256
	miniLMDimensions = 384
)

// MiniLM embeds with all-MiniLM-L6-v2. It implements retrieval.Embedder.
type MiniLM struct {
	engine *engine.Engine
}

// Options say where the parts of an embedder lie.
type Options struct {
	// LibraryDir is the folder of the engine's libraries.
	LibraryDir string
	// ModelPath is the file that BuildMiniLM made.
	ModelPath string
	// Threads to compute with; 0 follows the cores that are free.
	Threads int
	// WorkerCommand starts the engine's worker; empty is this program's own binary, which
	// must call engine.RunWorker.
	WorkerCommand []string
}

// NewMiniLM makes the embedder. Its worker process starts with the first text.
func NewMiniLM(o Options) *MiniLM {
	return &MiniLM{engine.New(engine.Options{
		LibraryDir: o.LibraryDir, ModelPath: o.ModelPath, Threads: o.Threads, WorkerCommand: o.WorkerCommand,
	})}
}

// Embed returns one vector of unit length a text. What a text has beyond 256 tokens is
// not read.
func (m *MiniLM) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	vectors, err := m.engine.Embed(ctx, texts, miniLMTokens)
	if err != nil {
		return nil, fmt.Errorf("embed %d texts with %s: %w", len(texts), m.ID(), err)
	}
	for i, v := range vectors {
		if len(v) != miniLMDimensions {
			return nil, fmt.Errorf("embed with %s: text %d has %d dimensions, expected %d: the model file is another model's", m.ID(), i+1, len(v), miniLMDimensions)
		}
	}
	return vectors, nil
}

// Warm starts the worker and loads the model, so that the first Embed need not.
func (m *MiniLM) Warm(ctx context.Context) error {
	_, err := m.engine.Open(ctx)
	return err
}

// ID names the model, its number format and its window.
func (m *MiniLM) ID() string { return "all-minilm-l6-v2/q8_0/256" }

// Dimensions is 384.
func (m *MiniLM) Dimensions() int { return miniLMDimensions }

// Close ends the worker.
func (m *MiniLM) Close() error { return m.engine.Close() }
