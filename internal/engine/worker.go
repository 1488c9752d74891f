package engine

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/seccoder/seccoder/internal/engine/libllama"
)

// workerVariable marks, in the environment, a process that was started as a worker.
const workerVariable = "SECCODER_ENGINE_WORKER"

// RunWorker turns this process into the engine's worker if it was started as one,
// and returns at once if it was not. A program that uses the engine calls it first
// in main.
func RunWorker() {
	if os.Getenv(workerVariable) == "" {
		return
	}
	// Ctrl-C in a terminal reaches the whole process group; the parent decides what it means.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	out := takeStdout()
	w := &worker{
		reports:  gob.NewEncoder(out),
		requests: make(chan command, 1),
		steps:    make(chan stepCommand, 1),
	}
	if err := w.reports.Encode(report{Greeting: greeting}); err != nil {
		os.Exit(1)
	}
	go w.read(gob.NewDecoder(bufio.NewReader(os.Stdin)))
	for c := range w.requests {
		if err := w.reports.Encode(report{ID: c.ID, Done: w.serve(c)}); err != nil {
			os.Exit(1)
		}
	}
}

// A worker serves the commands of its parent, one after the other.
type worker struct {
	reports  *gob.Encoder
	requests chan command
	steps    chan stepCommand
	// running and cancelled are the ids of the request under way and of the last one that
	// was cancelled.
	running, cancelled atomic.Uint64

	library atomic.Pointer[libllama.Library]
	model   *libllama.Model
	context *libllama.Context
	infill  infillTokens
	states  *states
	cores   *cores
}

type infillTokens struct {
	prefix, suffix, middle token
	ok                     bool
}

// read takes in commands until the parent closes its end, by exit or by dying; the
// worker then ends, whatever it is computing.
func (w *worker) read(commands *gob.Decoder) {
	for {
		var c command
		if err := commands.Decode(&c); err != nil {
			os.Exit(0)
		}
		switch {
		case c.Cancel:
			// The order of these two lines, and of their counterparts in serve, makes sure that
			// a cancellation is seen however the two goroutines interleave.
			w.cancelled.Store(c.ID)
			if library := w.library.Load(); library != nil && w.running.Load() == c.ID {
				library.Abort()
			}
			select {
			case w.steps <- stepCommand{}:
			default:
			}
		case c.Step != nil:
			w.steps <- *c.Step
		default:
			w.requests <- c
		}
	}
}

var errCancelled = errors.New("cancelled")

// serve runs one request to its end.
func (w *worker) serve(c command) *done {
	w.running.Store(c.ID)
	if library := w.library.Load(); library != nil {
		library.Resume()
	}
	select {
	case <-w.steps: // left over from a cancellation
	default:
	}
	result, err := w.dispatch(c)
	if err != nil {
		return &done{
			Error:     err.Error(),
			TooLong:   errors.Is(err, ErrTooLong),
			Cancelled: errors.Is(err, errCancelled) || errors.Is(err, libllama.ErrAborted),
		}
	}
	return result
}

func (w *worker) dispatch(c command) (*done, error) {
	if c.Open != nil {
		return w.open(*c.Open)
	}
	if w.model == nil {
		return nil, errors.New("no model is open")
	}
	switch {
	case c.Tokenize != nil:
		tokens, err := w.model.Tokenize(c.Tokenize.Text, false)
		return &done{Tokens: len(tokens)}, err
	case c.Embed != nil:
		return w.embed(*c.Embed)
	case c.Generate != nil:
		return w.generate(c.ID, *c.Generate)
	default:
		return nil, errors.New("an empty command")
	}
}

func (w *worker) isCancelled() bool { return w.cancelled.Load() == w.running.Load() }

// open loads the library and a model.
func (w *worker) open(c openCommand) (*done, error) {
	w.cores = newCores(c.Threads)
	library, err := libllama.Load(c.LibraryDir)
	if err != nil {
		return nil, err
	}
	w.library.Store(library)
	if w.model, err = library.OpenModel(c.ModelPath); err != nil {
		return nil, err
	}
	w.states = newStates(c.StateBytes)
	if c.StateDir != "" {
		// A folder that cannot be used costs time, no more.
		w.states.files, _ = newStateFiles(c.StateDir, c.ModelPath, library.Path())
	}
	w.infill.prefix, w.infill.suffix, w.infill.middle, w.infill.ok = w.model.Infill()
	var marks InfillMarks
	if w.infill.ok {
		marks = InfillMarks{
			Prefix: w.model.SpecialText(w.infill.prefix), Suffix: w.model.SpecialText(w.infill.suffix), Middle: w.model.SpecialText(w.infill.middle),
		}
	}
	return &done{Info: Info{
		ContextTokens: w.model.ContextTokens(),
		Dimensions:    w.model.Dimensions(),
		Pooled:        w.model.Pooled(),
		CanInfill:     w.infill.ok,
		InfillMarks:   marks,
	}}, nil
}

// ensureContext makes a context that holds the tokens and sequences, or keeps the
// one that is large enough already.
func (w *worker) ensureContext(options libllama.ContextOptions) error {
	if w.context != nil {
		have := w.context.Options()
		if have.Tokens >= options.Tokens && have.Sequences >= options.Sequences {
			return nil
		}
		options.Tokens = max(options.Tokens, have.Tokens)
		options.Sequences = max(options.Sequences, have.Sequences)
		w.context.Close()
		w.context = nil
	}
	var err error
	w.context, err = w.model.NewContext(options)
	return err
}

// embed computes one vector a text; texts are cut to MaxTokens.
func (w *worker) embed(c embedCommand) (*done, error) {
	if !w.model.Pooled() {
		return nil, errors.New("the model is not one for sentence embeddings")
	}
	if c.MaxTokens < 2 {
		return nil, fmt.Errorf("texts are to be cut to %d tokens, expected at least 2", c.MaxTokens)
	}
	if err := w.ensureContext(libllama.ContextOptions{Tokens: libllama.BatchTokens, Sequences: 1, Embeddings: true}); err != nil {
		return nil, err
	}
	limit := min(c.MaxTokens, w.model.ContextTokens(), libllama.BatchTokens)
	vectors := make([][]float32, len(c.Texts))
	for i, text := range c.Texts {
		if w.isCancelled() {
			return nil, errCancelled
		}
		tokens, err := w.model.Tokenize(text, true)
		if err != nil {
			return nil, err
		}
		if len(tokens) > limit {
			// The last token is the one that ends every text for such models.
			tokens = append(tokens[:limit-1:limit-1], tokens[len(tokens)-1])
		}
		w.context.SetThreads(w.cores.threads())
		if vectors[i], err = w.context.Embed(tokens); err != nil {
			return nil, fmt.Errorf("text %d of %d: %w", i+1, len(c.Texts), err)
		}
	}
	return &done{Vectors: vectors}, nil
}
