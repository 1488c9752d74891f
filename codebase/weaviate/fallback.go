package weaviate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

var (
	_ codebase.MovableStore = (*Fallback)(nil)
	_ codebase.IndexStore   = (*Fallback)(nil)
	_ codebase.NearStore    = (*Fallback)(nil)
	_ codebase.BulkStore    = (*Fallback)(nil)
	_ codebase.ReplaceStore = (*Fallback)(nil)
)

const (
	defaultAskAgain = time.Minute
	// patience is how long a cluster may take to show that it is back.
	patience = 2 * time.Second
)

// A Copy is a store that can stand in for a cluster's: one on this machine.
type Copy interface {
	codebase.MovableStore
	codebase.IndexStore
	codebase.BulkStore
	Revision(ctx context.Context) (int64, error)
}

// A Fallback is a store in a cluster that reads from a copy while the cluster does not
// answer. Writes go to the cluster alone, and fail without it, but for what can be made
// again: the vectors of examples and what belongs to the copy itself.
//
// A copy is as good as its last "seccoder base pull": nothing keeps it up to date by itself.
type Fallback struct {
	address Address
	options Options
	copy    Copy
	notice  func(text string)
	// askAgain is after which time of answering by the copy the cluster is tried again.
	askAgain time.Duration

	mu sync.Mutex
	// store is nil until the cluster has answered.
	store *Store
	// down is since when the copy answers, or zero.
	down time.Time
}

// OpenWithFallback opens the codebase at the address, or the copy alone where the cluster
// does not answer. Notice, where not nil, is told when the copy begins to answer. The copy
// is closed with the store.
func OpenWithFallback(ctx context.Context, address Address, options Options, local Copy, notice func(text string)) (*Fallback, error) {
	if notice == nil {
		notice = func(string) {}
	}
	f := &Fallback{address: address, options: options, copy: local, notice: notice, askAgain: defaultAskAgain}
	store, err := Open(ctx, address, options)
	switch {
	case err == nil:
		f.store = store
	case errors.Is(err, ErrUnreachable):
		f.fallBack(err)
	default:
		return nil, err
	}
	return f, nil
}

// Close ends the use of both stores.
func (f *Fallback) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.copy.Close()
	if f.store != nil {
		err = errors.Join(err, f.store.Close())
	}
	return err
}

// fallBack has the copy answer from now on.
func (f *Fallback) fallBack(err error) {
	f.mu.Lock()
	first := f.down.IsZero()
	f.down = time.Now()
	f.mu.Unlock()
	if first {
		f.notice(fmt.Sprintf("%v; the copy %s answers, as it was when it was last pulled", err, f.address.Fallback))
	}
}

// cluster is the cluster's store, or nil while the copy answers. Now and then it is tried.
func (f *Fallback) cluster(ctx context.Context) *Store {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.down.IsZero():
		return f.store
	case time.Since(f.down) < f.askAgain:
		return nil
	}
	f.down = time.Now()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if f.store == nil {
		store, err := Open(ctx, f.address, f.options)
		if err != nil {
			return nil
		}
		f.store = store
	} else if err := f.store.client.do(ctx, http.MethodGet, "/v1/nodes", nil, nil); err != nil {
		return nil
	}
	f.down = time.Time{}
	return f.store
}

// readBy asks the cluster, and the copy where the cluster does not answer.
func readBy[T any](ctx context.Context, f *Fallback, ask func(Copy) (T, error)) (T, error) {
	if store := f.cluster(ctx); store != nil {
		value, err := ask(store)
		if !errors.Is(err, ErrUnreachable) {
			return value, err
		}
		f.fallBack(err)
	}
	return ask(f.copy)
}

// readAll is readBy for a sequence. One that the cluster has begun is the cluster's to its
// end, or to its error.
func readAll[T any](ctx context.Context, f *Fallback, ask func(Copy) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if store := f.cluster(ctx); store != nil {
			begun, gone := false, false
			for value, err := range ask(store) {
				if errors.Is(err, ErrUnreachable) {
					f.fallBack(err)
					if gone = !begun; gone {
						break
					}
				}
				begun = true
				if !yield(value, err) {
					return
				}
			}
			if !gone {
				return
			}
		}
		for value, err := range ask(f.copy) {
			if !yield(value, err) {
				return
			}
		}
	}
}

// writeBy writes to the cluster, or says why it cannot.
func writeBy[T any](ctx context.Context, f *Fallback, doing string, do func(*Store) (T, error)) (T, error) {
	store := f.cluster(ctx)
	if store == nil {
		var none T
		return none, fmt.Errorf("%s %s: %w, and the copy %s is for reading only; try again when its nodes run", doing, f.address, ErrUnreachable, f.address.Fallback)
	}
	return do(store)
}

// Add implements codebase.Store.
func (f *Fallback) Add(ctx context.Context, examples ...codebase.Example) (int, error) {
	return writeBy(ctx, f, "add to store", func(s *Store) (int, error) { return s.Add(ctx, examples...) })
}

// Remove implements codebase.Store.
func (f *Fallback) Remove(ctx context.Context, ids ...string) (int, error) {
	return writeBy(ctx, f, "remove from store", func(s *Store) (int, error) { return s.Remove(ctx, ids...) })
}

// Replace implements codebase.ReplaceStore.
func (f *Fallback) Replace(ctx context.Context, where func(have codebase.Example) bool, examples ...codebase.Example) (int, error) {
	return writeBy(ctx, f, "replace in store", func(s *Store) (int, error) { return s.Replace(ctx, where, examples...) })
}

// RemoveWhere implements codebase.ReplaceStore.
func (f *Fallback) RemoveWhere(ctx context.Context, where func(have codebase.Example) bool, ids ...string) (int, error) {
	return writeBy(ctx, f, "remove from store", func(s *Store) (int, error) { return s.RemoveWhere(ctx, where, ids...) })
}

// Get implements codebase.Store.
func (f *Fallback) Get(ctx context.Context, id string) (codebase.Example, error) {
	return readBy(ctx, f, func(r Copy) (codebase.Example, error) { return r.Get(ctx, id) })
}

// Examples implements codebase.Store.
func (f *Fallback) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	return readAll(ctx, f, func(r Copy) iter.Seq2[codebase.Example, error] { return r.Examples(ctx, filter) })
}

// GetMany implements codebase.BulkStore.
func (f *Fallback) GetMany(ctx context.Context, ids []string) ([]codebase.Example, error) {
	return readBy(ctx, f, func(r Copy) ([]codebase.Example, error) { return r.GetMany(ctx, ids) })
}

// IDs implements codebase.BulkStore.
func (f *Fallback) IDs(ctx context.Context, filter codebase.Filter) iter.Seq2[string, error] {
	return readAll(ctx, f, func(r Copy) iter.Seq2[string, error] { return r.IDs(ctx, filter) })
}

// PutVectors implements codebase.VectorStore. Vectors can be made again of their examples,
// so the copy takes them while it answers.
func (f *Fallback) PutVectors(ctx context.Context, embedder string, vectors map[string][]float32) error {
	if store := f.cluster(ctx); store != nil {
		err := store.PutVectors(ctx, embedder, vectors)
		if !errors.Is(err, ErrUnreachable) {
			return err
		}
		f.fallBack(err)
	}
	return f.copy.PutVectors(ctx, embedder, vectors)
}

// Vectors implements codebase.VectorStore.
func (f *Fallback) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	return readAll(ctx, f, func(r Copy) iter.Seq2[codebase.Vector, error] { return r.Vectors(ctx, embedder, filter) })
}

// WithoutVector implements codebase.VectorStore.
func (f *Fallback) WithoutVector(ctx context.Context, embedder string) ([]string, error) {
	return readBy(ctx, f, func(r Copy) ([]string, error) { return r.WithoutVector(ctx, embedder) })
}

// VectorsOf implements codebase.IndexStore.
func (f *Fallback) VectorsOf(ctx context.Context, embedder string, ids []string) ([]codebase.Vector, error) {
	return readBy(ctx, f, func(r Copy) ([]codebase.Vector, error) { return r.VectorsOf(ctx, embedder, ids) })
}

// Labels implements codebase.IndexStore.
func (f *Fallback) Labels(ctx context.Context) iter.Seq2[codebase.Label, error] {
	return readAll(ctx, f, func(r Copy) iter.Seq2[codebase.Label, error] { return r.Labels(ctx) })
}

// IndexPath implements codebase.IndexStore: the file of the store that answers.
func (f *Fallback) IndexPath(name string) string {
	if store := f.cluster(context.Background()); store != nil {
		return store.IndexPath(name)
	}
	return f.copy.IndexPath(name)
}

// Revision implements retrieval.Revisioner.
func (f *Fallback) Revision(ctx context.Context) (int64, error) {
	return readBy(ctx, f, func(r Copy) (int64, error) { return r.Revision(ctx) })
}

// Nearest implements codebase.NearStore. The copy compares every vector.
func (f *Fallback) Nearest(ctx context.Context, embedder string, vector []float32, filter codebase.Filter, k int) ([]codebase.Near, error) {
	return readBy(ctx, f, func(r Copy) ([]codebase.Near, error) {
		if store, ok := r.(codebase.NearStore); ok {
			return store.Nearest(ctx, embedder, vector, filter, k)
		}
		return scanNearest(r.Vectors(ctx, embedder, filter), vector, k)
	})
}

// scanNearest finds the k nearest of some vectors.
func scanNearest(vectors iter.Seq2[codebase.Vector, error], query []float32, k int) ([]codebase.Near, error) {
	var near []codebase.Near
	best := func() {
		slices.SortFunc(near, byScore)
		near = near[:max(min(len(near), k), 0)]
	}
	for v, err := range vectors {
		if err != nil {
			return nil, err
		}
		if len(v.Values) != len(query) {
			return nil, fmt.Errorf("the query's vector: %w", codebase.FitVector(query, len(v.Values)))
		}
		product := 0.0
		for i, value := range v.Values {
			product += float64(value) * float64(query[i])
		}
		if near = append(near, codebase.Near{ID: v.ExampleID, Score: product}); len(near) > 2*k+1000 {
			best()
		}
	}
	best()
	return near, nil
}

// byScore puts the nearest first.
func byScore(a, b codebase.Near) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
}

// Count implements codebase.NearStore.
func (f *Fallback) Count(ctx context.Context) (int, error) {
	return readBy(ctx, f, func(r Copy) (int, error) {
		if store, ok := r.(codebase.NearStore); ok {
			return store.Count(ctx)
		}
		ids, err := r.WithoutVector(ctx, "")
		return len(ids), err
	})
}

// Meta implements codebase.MetaStore.
func (f *Fallback) Meta(ctx context.Context, key string) (string, error) {
	return readBy(ctx, f, func(r Copy) (string, error) { return r.Meta(ctx, key) })
}

// SetMeta implements codebase.MetaStore.
func (f *Fallback) SetMeta(ctx context.Context, key, value string) error {
	if strings.HasPrefix(key, codebase.OwnFact) && f.cluster(ctx) == nil {
		return f.copy.SetMeta(ctx, key, value)
	}
	_, err := writeBy(ctx, f, "write to store", func(s *Store) (struct{}, error) { return struct{}{}, s.SetMeta(ctx, key, value) })
	return err
}

// Facts implements codebase.MovableStore.
func (f *Fallback) Facts(ctx context.Context) (map[string]string, error) {
	return readBy(ctx, f, func(r Copy) (map[string]string, error) { return r.Facts(ctx) })
}

// Embedders implements codebase.MovableStore.
func (f *Fallback) Embedders(ctx context.Context) ([]string, error) {
	return readBy(ctx, f, func(r Copy) ([]string, error) { return r.Embedders(ctx) })
}

// Hold implements codebase.Quarantine.
func (f *Fallback) Hold(ctx context.Context, by string, held ...codebase.Held) (int, error) {
	return writeBy(ctx, f, "put into the quarantine of store", func(s *Store) (int, error) { return s.Hold(ctx, by, held...) })
}

// PutHeld implements codebase.MovableStore.
func (f *Fallback) PutHeld(ctx context.Context, held ...codebase.Held) (int, error) {
	return writeBy(ctx, f, "put into the quarantine of store", func(s *Store) (int, error) { return s.PutHeld(ctx, held...) })
}

// GetHeld implements codebase.Quarantine.
func (f *Fallback) GetHeld(ctx context.Context, id string) (codebase.Held, error) {
	return readBy(ctx, f, func(r Copy) (codebase.Held, error) { return r.GetHeld(ctx, id) })
}

// AllHeld implements codebase.Quarantine.
func (f *Fallback) AllHeld(ctx context.Context, filter codebase.HeldFilter) iter.Seq2[codebase.Held, error] {
	return readAll(ctx, f, func(r Copy) iter.Seq2[codebase.Held, error] { return r.AllHeld(ctx, filter) })
}

// Accept implements codebase.Quarantine.
func (f *Fallback) Accept(ctx context.Context, id, by, note string) (codebase.Example, error) {
	return writeBy(ctx, f, "accept from the quarantine of store", func(s *Store) (codebase.Example, error) { return s.Accept(ctx, id, by, note) })
}

// Refuse implements codebase.Quarantine.
func (f *Fallback) Refuse(ctx context.Context, id, by, note string) error {
	_, err := writeBy(ctx, f, "refuse from the quarantine of store", func(s *Store) (struct{}, error) { return struct{}{}, s.Refuse(ctx, id, by, note) })
	return err
}

// Check looks at the cluster; a copy that answers for it is an error.
func (f *Fallback) Check(ctx context.Context) error {
	_, err := writeBy(ctx, f, "check store", func(s *Store) (struct{}, error) { return struct{}{}, s.Check(ctx) })
	return err
}
