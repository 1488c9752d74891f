//go:build unix

// Retrieve measures a whole retrieval over many examples, embedding and search, as
// docs/performance.md reports it:
//
//	go run ./bench/retrieve -n 100000
//
// The examples are made up, and the same in every run; so are their vectors, which are not of
// their code: embedding 100,000 takes hours. The queries are embedded. Each part runs in a process
// of its own, on one thread, so that what it reports is its own. The folder is removed at the end,
// unless -keep says so; a folder that is given with -dir and has a store is measured as it is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/bench/madeup"
	"github.com/seccoder/seccoder/bench/parts"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/internal/clustered"
	"github.com/seccoder/seccoder/retrieval"
)

type options struct {
	n, queries int
	dir        string
	keep       bool
	part       string
	retriever  string
	profile    string
}

func main() {
	seccoder.RunWorker()
	var o options
	flag.IntVar(&o.n, "n", 100_000, "number of examples")
	flag.IntVar(&o.queries, "queries", 200, "number of queries of each length")
	flag.StringVar(&o.dir, "dir", "", "folder for the store (default: a new one among the temporary files)")
	flag.BoolVar(&o.keep, "keep", false, "leave the store where it is")
	flag.StringVar(&o.part, "part", "", "run one part on the store that is in the folder")
	flag.StringVar(&o.retriever, "retriever", "", "of the part")
	flag.StringVar(&o.profile, "profile", "", "file for a profile of the part's processor time")
	flag.Parse()
	run := one
	if o.part == "" {
		run = all
	}
	parts.Main("bench/retrieve", func(ctx context.Context) error { return run(ctx, o) })
}

// The parts, in the order in which they run: filling the store; the first search of a process
// that has to make the indexes, of one that finds them, of one after an example was added; and
// many queries.
var steps = []string{"add", "make", "find", "change", "queries"}

// all runs the parts for each retriever, each in a new process.
func all(ctx context.Context, o options) (err error) {
	dir, remove, err := parts.Folder(o.dir, o.keep)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	o.dir = dir
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d examples in %s\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, o.n, o.dir)
	for _, part := range steps {
		if _, err := os.Stat(o.path()); err == nil && part == "add" {
			continue
		}
		for _, name := range []retrieval.Name{retrieval.NameBM25, retrieval.NameDense, retrieval.NameFused} {
			if part == "add" && name != retrieval.NameFused {
				continue
			}
			cmd := exec.CommandContext(ctx, self, "-part", part, "-retriever", string(name), "-dir", o.dir,
				"-n", fmt.Sprint(o.n), "-queries", fmt.Sprint(o.queries))
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("part %s with %s: %w", part, name, err)
			}
		}
	}
	return nil
}

func (o options) path() string { return filepath.Join(o.dir, "codebase.db") }

// one runs a part.
func one(ctx context.Context, o options) (err error) {
	config := seccoder.Config{Threads: 1}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	if o.part == "add" {
		return add(ctx, o, embedder)
	}
	if o.part == "make" {
		if err := withoutIndexes(o); err != nil {
			return err
		}
	}
	if o.part == "change" {
		if err := change(ctx, o, embedder); err != nil {
			return err
		}
	}
	// The worker has loaded its model before anything is measured.
	if _, err := embedder.Embed(ctx, []string{"warm"}); err != nil {
		return err
	}
	findThreads()
	return measure(ctx, o, embedder, retrieval.Name(o.retriever))
}

// batch is how many examples are added at once, as base import does.
const batch = 500

// add fills the store.
func add(ctx context.Context, o options, embedder retrieval.Embedder) (err error) {
	store, err := sqlite.Open(ctx, o.path(), sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	source := clustered.New(embedder.Dimensions(), 1)
	findThreads()
	began := used()
	for from := 0; from < o.n; from += batch {
		if err := addSome(ctx, store, embedder, source, from, min(batch, o.n-from)); err != nil {
			return err
		}
	}
	fmt.Printf("add      %d examples with vectors: %v\n", o.n, used().since(began))
	return nil
}

func addSome(ctx context.Context, store *sqlite.Store, embedder retrieval.Embedder, source *clustered.Source, from, n int) error {
	examples, vectors := make([]codebase.Example, n), make(map[string][]float32)
	for i := range examples {
		examples[i] = madeup.Example(from + i)
		vectors[examples[i].ID] = source.Next()
	}
	if _, err := store.Add(ctx, examples...); err != nil {
		return err
	}
	return store.PutVectors(ctx, embedder.ID(), vectors)
}

// change adds an example more.
func change(ctx context.Context, o options, embedder retrieval.Embedder) (err error) {
	store, err := sqlite.Open(ctx, o.path(), sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return addSome(ctx, store, embedder, clustered.New(embedder.Dimensions(), 2), o.n+int(time.Now().UnixNano()%1e9), 1)
}

func withoutIndexes(o options) error {
	files, err := filepath.Glob(o.path() + "-index-*")
	for _, file := range files {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// The ends of an example's code that are queries; of made-up code as many bytes are about so
// many tokens.
var lengths = []struct{ bytes, tokens int }{{150, 64}, {1000, 256}}

// measure has a retriever answer the queries of the part.
func measure(ctx context.Context, o options, embedder retrieval.Embedder, name retrieval.Name) (err error) {
	began := used()
	store, err := sqlite.Open(ctx, o.path(), sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	timed := &timedEmbedder{Embedder: embedder}
	r, err := retrieval.New(name, store, timed)
	if err != nil {
		return err
	}
	ask := func(i, bytes int) error {
		e := madeup.Example(i * max(o.n/o.queries, 1))
		matches, err := r.Retrieve(ctx, retrieval.Query{Text: e.Code[max(0, len(e.Code)-bytes):], Language: e.Language}, 1)
		if err == nil && len(matches) == 0 {
			err = errors.New("no match")
		}
		return err
	}
	if err := ask(0, lengths[0].bytes); err != nil {
		return err
	}
	fmt.Printf("%-8s %-6s open and first search: %v, peak memory of this process %s\n", o.part, name, used().since(began), parts.Peak())
	if o.part != "queries" {
		return nil
	}
	stop, err := o.startProfile()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	findThreads() // there may be more by now
	for _, length := range lengths {
		var all, rest []usage
		for i := range o.queries {
			timed.took = usage{}
			began := used()
			if err := ask(i, length.bytes); err != nil {
				return err
			}
			all = append(all, used().since(began))
			rest = append(rest, all[i].since(timed.took))
		}
		fmt.Printf("%-8s %-6s about %d tokens: %s\n", o.part, name, length.tokens, quantiles(all))
		fmt.Printf("%-8s %-6s without embedding: %s\n", o.part, name, quantiles(rest))
	}
	return nil
}

// startProfile profiles this process, without the embedder's, until it is stopped.
func (o options) startProfile() (stop func() error, err error) {
	if o.profile == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(o.profile)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return file.Close()
	}, nil
}

// A timedEmbedder tells what embedding took.
type timedEmbedder struct {
	retrieval.Embedder
	took usage
}

// Embed implements retrieval.Embedder.
func (e *timedEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	began := used()
	vectors, err := e.Embedder.Embed(ctx, texts)
	e.took = used().since(began)
	return vectors, err
}

// quantiles are of processor time and clock, each by itself.
func quantiles(all []usage) string {
	at := func(share float64, of func(usage) time.Duration) time.Duration {
		times := make([]time.Duration, len(all))
		for i, u := range all {
			times[i] = of(u)
		}
		slices.Sort(times)
		return times[int(share*float64(len(times)-1))].Round(10 * time.Microsecond)
	}
	cpu, clock := func(u usage) time.Duration { return u.cpu }, func(u usage) time.Duration { return u.clock }
	return fmt.Sprintf("processor time p50 %v, p99 %v; clock p50 %v, p99 %v", at(0.5, cpu), at(0.99, cpu), at(0.5, clock), at(0.99, clock))
}
