package cli

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/retrieval"
)

// evalCodebases are the codebases that methods can name beside a store's path.
var evalCodebases = []string{"starter", starterHeldOut, "sven:train", "sven:val"}

// starterHeldOut leaves out half of the starter codebase, on all of which the program's
// head and danger were trained.
const starterHeldOut = "starter-heldout"

// checkCodebase finds mistakes in a codebase's name before anything is loaded.
func checkCodebase(name string) error {
	if slices.Contains(evalCodebases, name) {
		return nil
	}
	if _, err := os.Stat(name); err != nil {
		return fmt.Errorf("unknown codebase %q (known: %s, or the path of a SQLite store)", name, strings.Join(evalCodebases, ", "))
	}
	return nil
}

// Codebase implements eval.Bench.
func (b *evalBench) Codebase(ctx context.Context, spec eval.CodebaseSpec) (eval.Codebase, error) {
	examples, err := b.examples(ctx, spec)
	if err != nil {
		return eval.Codebase{}, err
	}
	if spec.Size > len(examples) {
		return eval.Codebase{}, usagef("codebase %s has %d examples, fewer than the %d of size", spec.Name, len(examples), spec.Size)
	}
	whole := spec.Size == 0
	if !whole {
		examples = drawn(examples, spec.Size, spec.SizeSeed)
	}
	digest := examplesDigest(examples)
	c := eval.Codebase{Digest: digest, Examples: len(examples)}
	if spec.Name == starterHeldOut {
		c.Digest, c.Untrained = digest+" untrained", true
	}
	c.Open = func(ctx context.Context) (codebase.Store, error) {
		var store codebase.Store
		var err error
		if whole && !slices.Contains(evalCodebases, spec.Name) {
			store, err = sqlite.Open(ctx, spec.Name, sqlite.Options{})
		} else {
			store, err = b.derived(ctx, digest, examples)
		}
		if err != nil {
			return nil, err
		}
		b.closers = append(b.closers, store)
		return store, nil
	}
	return c, nil
}

// examples are all that a codebase holds.
func (b *evalBench) examples(ctx context.Context, spec eval.CodebaseSpec) ([]codebase.Example, error) {
	switch spec.Name {
	case "starter":
		return codebase.Starter()
	case starterHeldOut:
		return heldOutStarter()
	case "sven:train", "sven:val":
		return eval.ReadPairs(spec.Sven, strings.TrimPrefix(spec.Name, "sven:"), spec.MaxChars)
	}
	if _, err := os.Stat(spec.Name); err != nil {
		return nil, fmt.Errorf("open codebase: %w", err) // sqlite would make it
	}
	store, err := sqlite.Open(ctx, spec.Name, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	var examples []codebase.Example
	for e, err := range store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return nil, err
		}
		examples = append(examples, e)
	}
	return examples, nil
}

// heldOutStarter is the starter codebase without the CWEs that the own suite holds out,
// to measure what a demonstration does for weaknesses that the codebase does not know.
func heldOutStarter() ([]codebase.Example, error) {
	heldOut, err := own.HeldOutCWEs()
	if err != nil {
		return nil, err
	}
	examples, err := codebase.Starter()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(examples, func(e codebase.Example) bool {
		return slices.ContainsFunc(e.CWEs, func(c codebase.CWE) bool { return slices.Contains(heldOut, c) })
	}), nil
}

// drawn takes size of the examples by lot. A smaller size gives the first of a larger one.
func drawn(examples []codebase.Example, size int, seed uint64) []codebase.Example {
	lot := make(map[string]string, len(examples))
	for _, e := range examples {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, e.ID))
		lot[e.ID] = string(sum[:])
	}
	sorted := slices.Clone(examples)
	slices.SortFunc(sorted, func(a, b codebase.Example) int { return cmp.Compare(lot[a.ID], lot[b.ID]) })
	return sorted[:size]
}

// examplesDigest changes with whatever retrieval reads of the examples.
func examplesDigest(examples []codebase.Example) string {
	sorted := slices.Clone(examples)
	slices.SortFunc(sorted, func(a, b codebase.Example) int { return cmp.Compare(a.ID, b.ID) })
	h := sha256.New()
	encoder := json.NewEncoder(h)
	for _, e := range sorted {
		_ = encoder.Encode([]any{e.ID, e.Title, e.Fix, e.CWEs}) // texts and numbers: nothing can fail
	}
	return hex.EncodeToString(h.Sum(nil))
}

// derived is a store with just these examples. It is made once, and keeps the vectors
// that are computed for it.
func (b *evalBench) derived(ctx context.Context, digest string, examples []codebase.Example) (codebase.Store, error) {
	path := filepath.Join(b.dir, "codebases", digest[:16]+".db")
	if err := ensureStore(ctx, path, filepath.Join(b.dir, "locks"), examples); err != nil {
		return nil, fmt.Errorf("make codebase %s: %w", path, err)
	}
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := holdsJust(ctx, store, examples); err != nil {
		return nil, errors.Join(fmt.Errorf("codebase %s: %w", path, err), store.Close())
	}
	return store, nil
}

// holdsJust fails where somebody changed what a store holds since it was made of examples.
func holdsJust(ctx context.Context, store *sqlite.Store, examples []codebase.Example) error {
	wanted := make(map[string]bool, len(examples))
	for _, e := range examples {
		wanted[e.ID] = true
	}
	held := 0
	for id, err := range store.IDs(ctx, codebase.Filter{}) {
		if err != nil {
			return err
		}
		if held++; !wanted[id] {
			return errChanged
		}
	}
	if held < len(wanted) {
		return errChanged
	}
	return nil
}

// errChanged is for a store that is another codebase than the one its name says.
var errChanged = errors.New("it was changed since it was made for evaluations; remove it while none runs, and it is made again")

// ensureStore makes the store where there is none. Of several evaluations that begin together
// one makes it, and the others wait.
func ensureStore(ctx context.Context, path, locks string, examples []codebase.Example) error {
	if err := os.MkdirAll(locks, 0o755); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(locks, filepath.Base(path)+".lock"))
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return makeStore(ctx, path, examples)
}

// makeStore writes a store beside its place first, so that a half-filled one is never
// taken for whole.
func makeStore(ctx context.Context, path string, examples []codebase.Example) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".making-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	temporary := filepath.Join(dir, "codebase.db")
	store, err := sqlite.Open(ctx, temporary, sqlite.Options{})
	if err != nil {
		return err
	}
	_, err = store.Add(ctx, examples...)
	if err == nil {
		err = codebase.KeepStarter(ctx, store)
	}
	if err == nil {
		err = putStarterVectors(ctx, store)
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	// What is left of a store that was removed would be read as the new one's.
	for _, rest := range []string{path + "-wal", path + "-shm"} {
		if err := os.Remove(rest); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(temporary, path)
}

// putStarterVectors saves the time of embedding the examples that come with the program;
// vectors of others are passed over.
func putStarterVectors(ctx context.Context, store *sqlite.Store) error {
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
