// Package llama generates with a model on this machine, by the embedded engine:
// llama.cpp's library in a worker process. It needs no server, and a crash of the
// engine costs one request.
//
// All samples of a request share one copy of the prompt's state and decode as one
// batch; the state of a demonstration is kept, so that its next prompt need not pay
// for it again.
//
// The worker is started from the program's own binary, so a program that uses this
// package calls [RunWorker] first in main:
//
//	func main() {
//		llama.RunWorker()
//		generator, err := llama.New(ctx, llama.Options{LibraryDir: libraries, ModelPath: "model.gguf"})
//		defer generator.Close()
//		response, err := generator.Generate(ctx, generation.Request{Prefix: "def add(a, b):\n", N: 1, MaxTokens: 50})
//	}
package llama

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/internal/engine"
)

// RunWorker turns this process into the engine's worker if it was started as one,
// and returns at once if it was not.
func RunWorker() { engine.RunWorker() }

// Options configure a Generator. LibraryDir and ModelPath must be set.
type Options struct {
	// LibraryDir is the folder of llama.cpp's shared libraries.
	LibraryDir string
	// ModelPath is a GGUF file.
	ModelPath string
	// Threads is the number of threads to compute with; 0 follows the cores that are free.
	Threads int
	// StateBytes bounds the memory for the kept states of demonstrations; 0 is 256 MiB.
	StateBytes int64
	// StateDir is a folder in which these states outlive the program; empty keeps none.
	StateDir string
	// WorkerCommand starts the worker; empty is this program's own binary.
	WorkerCommand []string
}

// A Generator completes with one local model. Its methods may be called from several
// goroutines; requests are served one after the other.
//
// It implements generation.Generator, TokenCounter, ContextSizer, Infiller
// and Renderer.
type Generator struct {
	engine *engine.Engine
	info   engine.Info
}

// New starts a worker and loads the model. An error says what is wrong with the
// libraries or the model.
func New(ctx context.Context, o Options) (*Generator, error) {
	g := &Generator{engine: engine.New(engine.Options{
		LibraryDir: o.LibraryDir, ModelPath: o.ModelPath, Threads: o.Threads,
		StateBytes: o.StateBytes, StateDir: o.StateDir, WorkerCommand: o.WorkerCommand,
	})}
	var err error
	if g.info, err = g.engine.Open(ctx); err != nil {
		_ = g.engine.Close()
		return nil, err
	}
	if g.info.Pooled {
		_ = g.engine.Close()
		return nil, fmt.Errorf("load model %s: it is for sentence embeddings and cannot complete", o.ModelPath)
	}
	return g, nil
}

// Generate implements generation.Generator.
func (g *Generator) Generate(ctx context.Context, r generation.Request) (generation.Response, error) {
	emitter := generation.NewEmitter(r.Stop, r.OnText, r.N)
	completions := make([]generation.Completion, max(r.N, 0))
	usage, err := g.engine.Generate(ctx, engine.Generation{
		Demonstration: r.Demonstration, Prefix: r.Prefix, Suffix: r.Suffix,
		Infill: r.Suffix != "" && g.info.CanInfill,
		N:      r.N, MaxTokens: r.MaxTokens, Temperature: r.Temperature, TopP: r.TopP, Seed: r.Seed,
	}, func(pieces []engine.Piece) (ended []int) {
		for _, p := range pieces {
			c := &completions[p.Index]
			c.Tokens++
			switch {
			case p.End:
				c.Finish = generation.FinishEnd
				emitter.Finish(p.Index)
			case emitter.Push(p.Index, string(p.Text)):
				c.Finish = generation.FinishStop
				ended = append(ended, p.Index)
			}
		}
		return ended
	})
	switch {
	case errors.Is(err, engine.ErrTooLong):
		return generation.Response{}, fmt.Errorf("generate: %w%s", generation.ErrPromptTooLong, err.Error()[len(engine.ErrTooLong.Error()):])
	case err != nil:
		return generation.Response{}, fmt.Errorf("generate: %w", err)
	}
	for i := range completions {
		if completions[i].Finish == "" {
			completions[i].Finish = generation.FinishLength
			emitter.Finish(i)
		}
		completions[i].Text = emitter.Text(i)
	}
	return generation.Response{Completions: completions, Usage: generation.Usage{
		PromptTokens: usage.PromptTokens, CachedTokens: usage.CachedTokens, CompletionTokens: usage.CompletionTokens,
		Prefill: time.Duration(usage.PrefillNanoseconds), Decode: time.Duration(usage.DecodeNanoseconds),
	}}, nil
}

// CountTokens implements generation.TokenCounter.
func (g *Generator) CountTokens(ctx context.Context, text string) (int, error) {
	return g.engine.CountTokens(ctx, text)
}

// ContextTokens implements generation.ContextSizer.
func (g *Generator) ContextTokens() int { return g.info.ContextTokens }

// CanInfill implements generation.Infiller.
func (g *Generator) CanInfill() bool { return g.info.CanInfill }

// Render implements generation.Renderer.
func (g *Generator) Render(r generation.Request) string {
	if r.Suffix == "" || !g.info.CanInfill {
		return r.Demonstration + r.Prefix
	}
	marks := g.info.InfillMarks
	return marks.Prefix + r.Demonstration + r.Prefix + marks.Suffix + r.Suffix + marks.Middle
}

// Pid is the process id of the worker, 0 when none runs.
func (g *Generator) Pid() int { return g.engine.Pid() }

// Close ends the worker.
func (g *Generator) Close() error { return g.engine.Close() }
