package seccoder

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/weaviate"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/generation/openai"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
	"github.com/seccoder/seccoder/retrieval/embed"
)

// Config says of what Open builds a Coder. The zero value stands for the defaults.
type Config struct {
	// Model is a name of the catalogue or the path of a GGUF file.
	Model string
	// Server, where set, generates instead of a local model.
	Server *openai.Options
	// Retriever is retrieval.DefaultName where empty.
	Retriever retrieval.Name
	// AbstainBelow is Coder.AbstainBelow; 0 means DefaultAbstainBelow, and a negative
	// number never to abstain.
	AbstainBelow float64
	// StorePath is the secure codebase's SQLite file, or the address of a Weaviate cluster
	// (weaviate.ParseAddress); empty means DefaultStorePath.
	StorePath string
	// CacheDir is the folder of models and engine; empty means model.DefaultDir.
	CacheDir string
	// LibraryDir is a folder with llama.cpp's shared libraries to use instead of the
	// engine of the catalogue.
	LibraryDir string
	// ContextTokens bounds prompt and completion together for a local model; 0 means all
	// that the model can attend to.
	ContextTokens int
	// Threads to compute with; 0 follows the cores that are free.
	Threads int
	// WorkerCommand starts the engine's worker; empty is this program's own binary, whose
	// main must call RunWorker first.
	WorkerCommand []string
	// Notice, where set, is told what a person should know and nothing fails of, in one
	// line: that the index of the examples' vectors was damaged, say, and is made anew. It
	// may be called by several goroutines.
	Notice func(text string)
	// WithoutModel leaves Coder.Generator out: for prompts that nobody completes here.
	WithoutModel bool
}

// DefaultStorePath is the place of the secure codebase in the user's data folder.
func DefaultStorePath() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "seccoder", "codebase.db"), nil
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return "", fmt.Errorf("find the user's data folder: %w", err)
		}
		return filepath.Join(dir, "seccoder", "codebase.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the user's data folder: %w", err)
	}
	return filepath.Join(home, ".local", "share", "seccoder", "codebase.db"), nil
}

// Open builds a Coder: it opens the store, brings its starter examples up to date, and
// loads the model, all at once. A model or engine that is not there is a
// *model.NotPulledError, which says how to get it.
func Open(ctx context.Context, c Config) (*Coder, error) {
	coder := &Coder{AbstainBelow: max(cmp.Or(c.AbstainBelow, DefaultAbstainBelow), 0)}
	if c.Server == nil {
		coder.ContextTokens = c.ContextTokens
	}
	var store codebase.MovableStore
	var retriever, generator io.Closer
	var modelErr error
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() (err error) {
		if c.Retriever == retrieval.NameNone {
			return nil
		}
		if store, err = c.OpenStore(ctx); err != nil {
			return err
		}
		coder.Retriever, retriever, err = c.OpenRetriever(ctx, store)
		return err
	})
	work.Go(func() error {
		if !c.WithoutModel {
			coder.Generator, generator, modelErr = c.OpenGenerator(ctx)
		}
		return modelErr
	})
	err := work.Wait()
	// Where both failed, a model that is not there is always told of: that is found without ctx.
	// One that fails while it loads may be cancelled by a failure of the store, which is then
	// told of.
	if modelErr != nil && !errors.Is(modelErr, context.Canceled) {
		err = modelErr
	}
	if store != nil {
		coder.closers = append(coder.closers, store)
	}
	for _, closer := range []io.Closer{retriever, generator} {
		if closer != nil {
			coder.closers = append(coder.closers, closer)
		}
	}
	if err != nil {
		return nil, errors.Join(err, coder.Close())
	}
	return coder, nil
}

// OpenStore opens the secure codebase, makes it if there is none, and brings its
// starter examples in line with the program's.
func (c Config) OpenStore(ctx context.Context) (codebase.MovableStore, error) {
	store, err := c.OpenStoreAsIs(ctx)
	if err != nil {
		return nil, err
	}
	err = fillStarter(ctx, store)
	if _, copied := store.(*weaviate.Fallback); copied && errors.Is(err, weaviate.ErrUnreachable) {
		err = nil // the copy cannot be brought in line; what it has is better than nothing
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// OpenStoreAsIs is OpenStore, but leaves the examples as they are.
func (c Config) OpenStoreAsIs(ctx context.Context) (codebase.MovableStore, error) {
	if weaviate.IsAddress(c.StorePath) {
		return c.openCluster(ctx)
	}
	path := c.StorePath
	if path == "" {
		var err error
		if path, err = DefaultStorePath(); err != nil {
			return nil, err
		}
	}
	return openFile(ctx, path)
}

// openFile opens a store on this machine. Its type is the interface, so that a failure
// gives a nil one.
func openFile(ctx context.Context, path string) (codebase.MovableStore, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("open the secure codebase: %w", err)
	}
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	return store, nil
}

// openCluster opens the store in a cluster, with the copy that its address names.
func (c Config) openCluster(ctx context.Context) (codebase.MovableStore, error) {
	address, err := weaviate.ParseAddress(c.StorePath)
	if err != nil {
		return nil, fmt.Errorf("open the secure codebase: %w", err)
	}
	options := weaviate.Options{}
	if c.CacheDir != "" {
		options.IndexDir = filepath.Join(c.CacheDir, "indexes")
	}
	if address.Fallback == "" {
		store, err := weaviate.Open(ctx, address, options)
		if err != nil {
			return nil, err
		}
		return store, nil
	}
	if _, err := os.Stat(address.Fallback); err != nil {
		return nil, fmt.Errorf("open the copy that answers while the cluster does not: %w; make it by: seccoder base pull ADDRESS --store %s", err, address.Fallback)
	}
	local, err := sqlite.Open(ctx, address.Fallback, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	store, err := weaviate.OpenWithFallback(ctx, address, options, local, c.Notice)
	if err != nil {
		return nil, errors.Join(err, local.Close())
	}
	return store, nil
}

// fillStarter brings the starter examples in, with the vectors that were computed when
// the program was built.
func fillStarter(ctx context.Context, store codebase.MovableStore) error {
	added, _, err := codebase.SyncStarter(ctx, store)
	if err != nil || added == 0 {
		return err
	}
	embedder, vectors, err := retrieval.ReadVectors(bytes.NewReader(corpus.Vectors()))
	if err != nil {
		return fmt.Errorf("read the starter examples' vectors: %w", err)
	}
	values := make(map[string][]float32, len(vectors))
	for _, v := range vectors {
		values[v.ExampleID] = v.Values
	}
	return store.PutVectors(ctx, embedder, values)
}

// OpenRetriever makes the retriever over a store. The closer may be nil.
func (c Config) OpenRetriever(ctx context.Context, store codebase.Store) (retrieval.Retriever, io.Closer, error) {
	name := cmp.Or(c.Retriever, retrieval.DefaultName)
	if name == retrieval.NameNone {
		return nil, nil, nil
	}
	if !name.Embeds() {
		r, err := retrieval.New(name, store, nil)
		return r, nil, err
	}
	embedder, err := c.OpenEmbedder(ctx)
	if err != nil {
		return nil, nil, err
	}
	r, err := retrieval.New(name, store, embedder)
	if err != nil {
		return nil, nil, errors.Join(err, embedder.Close())
	}
	if teller, ok := r.(retrieval.Noticer); ok {
		teller.OnNotice(c.Notice)
	}
	return r, embedder, nil
}

// OpenEmbedder loads the sentence embedder.
func (c Config) OpenEmbedder(ctx context.Context) (*embed.MiniLM, error) {
	cache := model.Cache{Dir: c.CacheDir}
	pulled, err := cache.Resolve(ctx, model.DefaultEmbedder)
	if err != nil {
		return nil, err
	}
	libraries, err := c.libraries(ctx)
	if err != nil {
		return nil, err
	}
	embedder := embed.NewMiniLM(embed.Options{
		LibraryDir: libraries, ModelPath: pulled.Model(), Threads: c.Threads, WorkerCommand: c.WorkerCommand,
	})
	if err := embedder.Warm(ctx); err != nil {
		return nil, errors.Join(err, embedder.Close())
	}
	return embedder, nil
}

// OpenGenerator loads the model, or makes the client of the server. The closer may be
// nil.
func (c Config) OpenGenerator(ctx context.Context) (generation.Generator, io.Closer, error) {
	if c.Server != nil {
		g, err := openai.New(*c.Server)
		return g, nil, err
	}
	name := c.Model
	if name == "" {
		name = model.DefaultGenerator
	}
	cache := model.Cache{Dir: c.CacheDir}
	pulled, err := cache.Resolve(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	libraries, err := c.libraries(ctx)
	if err != nil {
		return nil, nil, err
	}
	if kind := pulled.Artifact.Kind; kind != model.KindGenerator {
		return nil, nil, fmt.Errorf("load model %s: it is an %s and cannot complete code", name, kind)
	}
	g, err := llama.New(ctx, llama.Options{
		LibraryDir: libraries, ModelPath: pulled.Model(), Threads: c.Threads, WorkerCommand: c.WorkerCommand,
		StateDir: c.stateDir(),
	})
	if err != nil {
		return nil, nil, err
	}
	return g, g, nil
}

// stateDir is the folder in which the states of demonstrations outlive the program.
func (c Config) stateDir() string {
	dir := c.CacheDir
	if dir == "" {
		var err error
		if dir, err = model.DefaultDir(); err != nil {
			return ""
		}
	}
	return filepath.Join(dir, "states")
}

// libraries is the folder of the engine's shared libraries.
func (c Config) libraries(ctx context.Context) (string, error) {
	if c.LibraryDir != "" {
		return c.LibraryDir, nil
	}
	pulled, err := model.Cache{Dir: c.CacheDir}.Resolve(ctx, model.DefaultEngine)
	if err != nil {
		return "", err
	}
	return pulled.Dir, nil
}
