// Package engine runs language models on this machine: llama.cpp's shared library in
// a worker process that the program starts from its own binary.
//
// The library may abort its process; in a worker this ends one request with a
// [WorkerError], and the next request starts a new worker. The worker ends with its
// parent, however that ends.
//
//	func main() {
//		engine.RunWorker() // does not return in a worker
//		e := engine.New(engine.Options{LibraryDir: dir, ModelPath: path})
//		defer e.Close()
//		usage, err := e.Generate(ctx, engine.Generation{Prefix: "def add(", N: 1, MaxTokens: 20}, onStep)
//	}
package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrTooLong says that a prompt and its completion do not fit the model's context.
	ErrTooLong = errors.New("the prompt does not fit the model's context")
	// ErrClosed says that the engine was closed.
	ErrClosed = errors.New("the engine is closed")
)

// Options configure an Engine. LibraryDir and ModelPath must be set.
type Options struct {
	// LibraryDir is the folder of llama.cpp's shared libraries.
	LibraryDir string
	// ModelPath is a GGUF file.
	ModelPath string
	// Threads is the number of threads to compute with; 0 follows the cores that are free.
	Threads int
	// StateBytes bounds the memory for the kept states of demonstrations; 0 is 256 MiB.
	StateBytes int64
	// StateDir is a folder in which these states outlive the worker; empty keeps none.
	StateDir string
	// WorkerCommand starts a worker; empty is this program's own binary.
	WorkerCommand []string
}

// An Engine holds one model in one worker process, which is started when it is first
// needed. Its methods may be called from several goroutines; requests are served one
// after the other.
type Engine struct {
	options Options

	// turn is held by the request under way.
	turn   chan struct{}
	closed bool
	lastID uint64

	mu      sync.Mutex // guards process for Pid
	process *process
	info    Info
}

// New makes an engine. Nothing is started or loaded yet; see Open.
func New(options Options) *Engine {
	if options.StateBytes == 0 {
		options.StateBytes = 256 << 20
	}
	return &Engine{options: options, turn: make(chan struct{}, 1)}
}

// Open starts the worker and loads the model, if that has not been done, and
// describes the model.
func (e *Engine) Open(ctx context.Context) (Info, error) {
	if err := e.acquire(ctx); err != nil {
		return Info{}, err
	}
	defer e.release()
	if err := e.ready(ctx); err != nil {
		return Info{}, err
	}
	return e.info, nil
}

// CountTokens returns the number of tokens of a text.
func (e *Engine) CountTokens(ctx context.Context, text string) (int, error) {
	d, err := e.request(ctx, command{Tokenize: &tokenizeCommand{text}}, nil)
	if err != nil {
		return 0, fmt.Errorf("count tokens: %w", err)
	}
	return d.Tokens, nil
}

// Embed returns the sentence embeddings of texts, of unit length, each text cut to
// maxTokens.
func (e *Engine) Embed(ctx context.Context, texts []string, maxTokens int) ([][]float32, error) {
	d, err := e.request(ctx, command{Embed: &embedCommand{texts, maxTokens}}, nil)
	if err != nil {
		return nil, err
	}
	return d.Vectors, nil
}

// Generate decodes the samples of a generation. After every step of decoding onStep
// gets what it added, and returns the indices of the samples that need no more. It
// is called from this goroutine.
func (e *Engine) Generate(ctx context.Context, g Generation, onStep func([]Piece) (ended []int)) (Usage, error) {
	if g.N < 1 || g.MaxTokens < 1 {
		return Usage{}, fmt.Errorf("generate: %d samples of %d tokens asked for, expected at least 1 of each", g.N, g.MaxTokens)
	}
	d, err := e.request(ctx, command{Generate: &g}, onStep)
	if err != nil {
		return Usage{}, err
	}
	return d.Usage, nil
}

// Pid is the process id of the worker, 0 when none runs.
func (e *Engine) Pid() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.process == nil || e.process.gone() {
		return 0
	}
	return e.process.command.Process.Pid
}

// Close ends the worker, after the request under way.
func (e *Engine) Close() error {
	e.turn <- struct{}{}
	defer e.release()
	e.closed = true
	e.discard()
	return nil
}

func (e *Engine) acquire(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	if e.closed {
		e.release()
		return ErrClosed
	}
	return nil
}

func (e *Engine) release() { <-e.turn }

func (e *Engine) request(ctx context.Context, c command, onStep func([]Piece) []int) (*done, error) {
	if err := e.acquire(ctx); err != nil {
		return nil, err
	}
	defer e.release()
	if err := e.ready(ctx); err != nil {
		return nil, err
	}
	return e.exchange(ctx, c, onStep)
}

// ready starts a worker and opens the model if there is none, or the last one died.
func (e *Engine) ready(ctx context.Context) error {
	if e.process != nil {
		if !e.process.gone() {
			return nil
		}
		e.discard()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	name, args, err := e.workerCommand()
	if err != nil {
		return err
	}
	p, err := start(ctx, name, args)
	if err != nil {
		return err
	}
	e.mu.Lock()
	e.process = p
	e.mu.Unlock()
	d, err := e.exchange(ctx, command{Open: &openCommand{
		LibraryDir: e.options.LibraryDir,
		ModelPath:  e.options.ModelPath,
		Threads:    e.options.Threads,
		StateBytes: e.options.StateBytes,
		StateDir:   e.options.StateDir,
	}}, nil)
	if err != nil {
		e.discard()
		if _, died := errors.AsType[*WorkerError](err); died {
			err = fmt.Errorf("load model %s: %w", e.options.ModelPath, err)
		}
		return err
	}
	e.info = d.Info
	return nil
}

func (e *Engine) workerCommand() (name string, args []string, err error) {
	if c := e.options.WorkerCommand; len(c) > 0 {
		return c[0], c[1:], nil
	}
	name, err = os.Executable()
	if err != nil {
		return "", nil, fmt.Errorf("start the engine's worker: find this program's binary: %w", err)
	}
	return name, nil, nil
}

// discard ends the worker, if there is one.
func (e *Engine) discard() {
	e.mu.Lock()
	p := e.process
	e.process = nil
	e.mu.Unlock()
	if p != nil {
		p.kill()
	}
}
