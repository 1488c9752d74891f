package eval

import (
	"context"
	"io"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/retrieval"
)

// A Bench opens what a plan names. The program has one that knows its models and suites;
// tests have others.
type Bench interface {
	// Suite loads a suite by its name in the plan.
	Suite(ctx context.Context, spec string) (Suite, error)
	// Fingerprint changes with whatever determines a model's texts: its file and the
	// engine. It is asked before the model is loaded, and must be cheap.
	Fingerprint(ctx context.Context, m Model) (string, error)
	// Generator loads a model. The closer may be nil.
	Generator(ctx context.Context, m Model) (generation.Generator, io.Closer, error)
	// Codebase finds the examples of a method.
	Codebase(ctx context.Context, spec CodebaseSpec) (Codebase, error)
	// Retriever makes a retriever over the codebase's store. The Bench closes it.
	Retriever(ctx context.Context, name string, c Codebase, store codebase.Store) (retrieval.Retriever, error)
	// About describes this machine and program.
	About(ctx context.Context) About
}

// A CodebaseSpec is the part of a method that says which examples there are.
type CodebaseSpec struct {
	Name string
	// Sven is the plan's folder of SVEN's data.
	Sven     string
	MaxChars int
	Size     int
	SizeSeed uint64
}

// A Codebase is a set of examples.
type Codebase struct {
	// Digest changes with the examples and with Untrained, Examples counts them.
	Digest   string
	Examples int
	// Untrained wants retrievers without what was trained on examples that the codebase
	// leaves out: they would know what it is not to know.
	Untrained bool
	// Open opens the store that holds them, which the Bench closes.
	Open func(ctx context.Context) (codebase.Store, error)
}

// About says what a run was made on and with.
type About struct {
	// Program changes with every build of the program.
	Program  string
	Machine  string
	Versions map[string]string
}
