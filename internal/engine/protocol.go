package engine

import "github.com/seccoder/seccoder/internal/engine/libllama"

// Parent and worker exchange gob-encoded values over the worker's standard input
// and output: commands one way, reports the other. Both ends are one program, so
// there is no version to negotiate beyond the greeting.

// greeting is the first report of a worker. It tells a worker from a program that
// was started in its place by mistake.
const greeting = "seccoder engine worker 1"

// A command is what the parent sends. Exactly one of the fields behind ID is set.
type command struct {
	// ID numbers the requests; Cancel and Step carry that of the request they belong to.
	ID       uint64
	Open     *openCommand
	Tokenize *tokenizeCommand
	Embed    *embedCommand
	Generate *Generation
	// Step answers a report's Step: the indices of the samples that have ended.
	Step *stepCommand
	// Cancel ends the request with the ID.
	Cancel bool
}

type openCommand struct {
	LibraryDir string
	ModelPath  string
	// Threads is the number of threads, 0 for as many as there are free cores.
	Threads int
	// StateBytes bounds the memory for the kept states of demonstrations.
	StateBytes int64
	// StateDir, where set, is the folder that keeps them over the worker's end.
	StateDir string
}

type tokenizeCommand struct{ Text string }

type embedCommand struct {
	Texts     []string
	MaxTokens int
}

type stepCommand struct{ Ended []int }

// A Generation asks for samples of one prompt.
type Generation struct {
	// Demonstration comes first in the prompt; its state is kept for later requests.
	// Prefix follows it as if the two were one text.
	Demonstration, Prefix string
	// Suffix is the code behind the cursor, used where Infill is set.
	Suffix string
	Infill bool
	// N samples of at most MaxTokens tokens each.
	N, MaxTokens int
	Temperature  float64
	// TopP samples from the likeliest tokens that hold this share; 0 and 1 are all.
	TopP float64
	Seed uint64
}

// A report is what the worker sends: a greeting, the steps of a generation, or the
// end of a request.
type report struct {
	ID       uint64
	Greeting string
	Step     []Piece
	Done     *done
}

// done ends a request, with its result or an error.
type done struct {
	Error string
	// TooLong tells the error of a prompt that does not fit the model's context.
	TooLong   bool
	Cancelled bool

	Info    Info
	Tokens  int
	Vectors [][]float32
	Usage   Usage
}

// Info describes an opened model.
type Info struct {
	ContextTokens int
	Dimensions    int
	Pooled        bool
	CanInfill     bool
	// InfillMarks are the texts of the special tokens for filling in the middle.
	InfillMarks InfillMarks
}

// InfillMarks stand before the code before the cursor, before the code behind it, and
// at the end.
type InfillMarks struct{ Prefix, Suffix, Middle string }

// A Piece is what one step of decoding added to one sample.
type Piece struct {
	// Index is the sample's, from 0.
	Index int
	// Text may end within a UTF-8 character.
	Text []byte
	// End says that the model ended the sample; Text is empty then.
	End bool
}

// Usage counts tokens and nanoseconds.
type Usage struct {
	PromptTokens, CachedTokens, CompletionTokens int
	PrefillNanoseconds, DecodeNanoseconds        int64
	Threads                                      int
}

type token = libllama.Token
