package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
	"github.com/seccoder/seccoder/retrieval/embed"
)

// An evalBench opens what run files name: it is the program's eval.Bench.
type evalBench struct {
	app    *app
	dir    string
	config seccoder.Config
	suites suites

	embedder *embed.MiniLM
	closers  []io.Closer
}

func (a *app) newEvalBench(dir string) (*evalBench, error) {
	// What retrieves and generates is the run file's business.
	a.settings.server, a.settings.retriever = "", string(retrieval.NameNone)
	config, err := a.settings.config()
	if err != nil {
		return nil, err
	}
	return &evalBench{app: a, dir: dir, config: config, suites: suites{app: a}}, nil
}

// close ends what was opened, the last first.
func (b *evalBench) close() error {
	var errs []error
	for i := len(b.closers) - 1; i >= 0; i-- {
		errs = append(errs, b.closers[i].Close())
	}
	b.closers = nil
	return errors.Join(errs...)
}

// Suite implements eval.Bench.
func (b *evalBench) Suite(ctx context.Context, spec string) (eval.Suite, error) {
	return b.suites.load(ctx, spec)
}

// configOf is the library's configuration for a model.
func (b *evalBench) configOf(m eval.Model) seccoder.Config {
	c := b.config
	c.Model = m.Name
	if m.Server != nil {
		c.Server = &openai.Options{
			BaseURL: m.Server.URL, Model: m.Server.Model, API: m.Server.API,
			KeyEnv: m.Server.KeyEnv, KeyFile: m.Server.KeyFile, ContextTokens: m.Server.Context,
		}
	}
	return c
}

// Generator implements eval.Bench.
func (b *evalBench) Generator(ctx context.Context, m eval.Model) (generation.Generator, io.Closer, error) {
	done := b.app.later("loading " + m.Name)
	defer done()
	return b.configOf(m).OpenGenerator(ctx)
}

// Fingerprint implements eval.Bench. For a server it is what is asked there, since
// nothing else can be known.
func (b *evalBench) Fingerprint(ctx context.Context, m eval.Model) (string, error) {
	if m.Server != nil {
		return strings.Join([]string{"server", m.Server.URL, m.Server.Model, m.Server.API}, " "), nil
	}
	cache := model.Cache{Dir: b.config.CacheDir}
	pulled, err := cache.Resolve(ctx, m.Name)
	if err != nil {
		return "", err
	}
	file, err := b.fileHash(pulled)
	if err != nil {
		return "", err
	}
	if b.config.LibraryDir != "" {
		libraries, err := folderHash(b.config.LibraryDir)
		return file + " " + libraries, err
	}
	engine, err := cache.Resolve(ctx, model.DefaultEngine)
	if err != nil {
		return "", err
	}
	return file + " " + engine.Artifact.Name + " " + engine.Artifact.Version, nil
}

// fileHash is the SHA-256 of a model's file. The cache has checked those of the
// catalogue; that of a user's own file is computed once and remembered.
func (b *evalBench) fileHash(p model.Pulled) (string, error) {
	path := p.Model()
	for _, f := range p.Artifact.Files {
		if p.Files[f.Name] == path {
			return f.SHA256, nil
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look at model file: %w", err)
	}
	id := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", path, info.Size(), info.ModTime().UnixNano()))
	remembered := filepath.Join(b.dir, "hashes", hex.EncodeToString(id[:8]))
	if hash, err := os.ReadFile(remembered); err == nil && len(hash) == 2*sha256.Size {
		return string(hash), nil
	}
	done := b.app.later("hashing " + path)
	defer done()
	hash, err := hashFile(path)
	if err != nil {
		return "", fmt.Errorf("hash model file: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(remembered), 0o755); err != nil {
		return "", fmt.Errorf("remember the hash of model file %s: %w", path, err)
	}
	if err := os.WriteFile(remembered, []byte(hash), 0o644); err != nil {
		return "", fmt.Errorf("remember the hash of model file %s: %w", path, err)
	}
	return hash, nil
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// folderHash tells folders of libraries apart by their files' names, sizes and times.
func folderHash(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("look at the engine's libraries: %w", err)
	}
	h := sha256.New()
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return "", fmt.Errorf("look at the engine's libraries: %w", err)
		}
		fmt.Fprintln(h, e.Name(), info.Size(), info.ModTime().UnixNano())
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Retriever implements eval.Bench. All stores share one embedder.
func (b *evalBench) Retriever(ctx context.Context, name string, c eval.Codebase, store codebase.Store) (retrieval.Retriever, error) {
	r, err := b.retriever(ctx, name, store)
	if err == nil && c.Untrained && withoutTrained(r) {
		b.app.note("the trained head and danger know the weaknesses that %s leaves out: %s retrieves without them", starterHeldOut, name)
	}
	return r, err
}

// withoutTrained takes from a retriever what was trained on examples, and reports whether
// there was anything.
func withoutTrained(r retrieval.Retriever) bool {
	fused, ok := r.(*retrieval.Fused)
	if ok {
		fused.UseHead(nil)
		fused.UseDanger(nil)
	}
	return ok
}

func (b *evalBench) retriever(ctx context.Context, name string, store codebase.Store) (retrieval.Retriever, error) {
	if name == eval.RetrieverDefault {
		c := b.config
		c.Retriever = ""
		r, closer, err := c.OpenRetriever(ctx, store)
		if closer != nil {
			b.closers = append(b.closers, closer)
		}
		return r, err
	}
	parsed, err := retrieval.ParseName(name)
	if err != nil {
		return nil, err
	}
	if !parsed.Embeds() {
		return retrieval.New(parsed, store, nil)
	}
	embedder, err := b.openEmbedder(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.app.ensureVectors(ctx, store, embedder); err != nil {
		return nil, err
	}
	return retrieval.New(parsed, store, embedder)
}

// openEmbedder opens the embedder once.
func (b *evalBench) openEmbedder(ctx context.Context) (*embed.MiniLM, error) {
	if b.embedder != nil {
		return b.embedder, nil
	}
	embedder, err := b.config.OpenEmbedder(ctx)
	if err != nil {
		return nil, err
	}
	b.embedder = embedder
	b.closers = append(b.closers, embedder)
	return embedder, nil
}

// ensureVectors computes missing vectors, and shows how far that is.
func (a *app) ensureVectors(ctx context.Context, store codebase.Store, embedder retrieval.Embedder) error {
	var shown *progress
	_, err := retrieval.EnsureVectors(ctx, store, embedder, func(done, total int) {
		if shown == nil {
			shown = a.progress("embedding the codebase", "examples", int64(total))
		}
		shown.at(int64(done))
	})
	if shown != nil {
		shown.end()
	}
	return err
}
