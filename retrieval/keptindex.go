package retrieval

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// exactExamples is up to how many examples a query is compared with every vector in
// full. That takes some three milliseconds for as many, beside embedding the query.
const exactExamples = 20_000

// A keptIndex is the vectors of a store, ready to be searched: in memory, whole, for some
// ten thousand, and as a [nearest.Index] in the store's file for it beyond that, where the
// store is a [codebase.IndexStore].
type keptIndex struct {
	store     codebase.Store
	embedder  Embedder
	exactUpTo int
	// remote lets a store that can search its vectors do so beyond exactUpTo, so that they
	// need not be brought here ([codebase.NearStore]).
	remote bool
	// labels are shared with another index; nil for none.
	labels *sharedLabels
	// notice is told what a person should know: that the file could not be used, or not
	// be written. It may be nil.
	notice notice
	// index is the one that was used last; nil before, and below exactUpTo.
	index *nearest.Index
}

// A vectorSet is one of three: all vectors, an index of them, or the store that has one.
type vectorSet struct {
	exact  *vectorIndex
	near   *nearest.Index
	remote codebase.NearStore
}

// read brings the vectors up to date. It is called by one goroutine at a time.
func (k *keptIndex) read(ctx context.Context) (vectorSet, error) {
	if set, err := k.readRemote(ctx); set.remote != nil || err != nil {
		return set, err
	}
	store, ok := k.store.(codebase.IndexStore)
	if !ok {
		return k.readExact(ctx)
	}
	stamp, err := readStamp(ctx, k.store, tokenKey(store.IndexPath(k.embedder.ID())))
	if err != nil {
		return vectorSet{}, err
	}
	if k.index == nil {
		k.open(store)
	}
	if k.index != nil && k.index.Len() > k.exactUpTo && k.index.Stamp() == stamp.String() && stamp.token != "" {
		return vectorSet{near: k.index}, nil
	}
	if _, err := EnsureVectors(ctx, k.store, k.embedder, nil); err != nil {
		return vectorSet{}, err
	}
	labels, err := k.labels.read(ctx, k.store, stamp.revision)
	if err != nil {
		return vectorSet{}, err
	}
	if len(labels) <= k.exactUpTo {
		k.index = nil
		return k.readExact(ctx)
	}
	if err := k.update(ctx, store, labels); err != nil {
		return vectorSet{}, err
	}
	k.index.SetStamp(stamp.String())
	// However little has changed, finding out what took longer than writing it does.
	if err := k.save(ctx, store, stamp); err != nil {
		k.notice.tell("the index of the examples' vectors is made anew each time: %v", err)
	}
	return vectorSet{near: k.index}, nil
}

// readRemote leaves the vectors with the store where that is to search them.
func (k *keptIndex) readRemote(ctx context.Context) (vectorSet, error) {
	store, ok := k.store.(codebase.NearStore)
	if !k.remote || !ok {
		return vectorSet{}, nil
	}
	if n, err := store.Count(ctx); err != nil || n <= k.exactUpTo {
		return vectorSet{}, err
	}
	_, err := EnsureVectors(ctx, k.store, k.embedder, nil)
	return vectorSet{remote: store}, err
}

func (k *keptIndex) readExact(ctx context.Context) (vectorSet, error) {
	exact, err := readVectorIndex(ctx, k.store, k.embedder)
	return vectorSet{exact: exact}, err
}

func (k *keptIndex) kind() nearest.Kind {
	return nearest.Kind{Embedder: k.embedder.ID(), Dims: k.embedder.Dimensions()}
}

// open takes the index from the file, if one is there that can be used.
func (k *keptIndex) open(store codebase.IndexStore) {
	index, err := nearest.Open(store.IndexPath(k.embedder.ID()), k.kind())
	switch {
	case err == nil:
		k.index = index
	case !errors.Is(err, fs.ErrNotExist):
		k.notice.tell("%v; it is made anew", err)
	}
}

// save writes the index and goes on with the file.
func (k *keptIndex) save(ctx context.Context, store codebase.IndexStore, s stamp) error {
	path := store.IndexPath(k.embedder.ID())
	err := s.renew(ctx, k.store, tokenKey(path), func(text string) error {
		k.index.SetStamp(text)
		return k.index.Save(path)
	})
	if err != nil {
		return err
	}
	index, err := nearest.Open(path, k.kind())
	// Another process may have put its own there meanwhile, of fewer changes.
	if err == nil && index.Stamp() == k.index.Stamp() {
		k.index = index
	}
	return err
}

// update brings the index in line with the store, which has these examples.
func (k *keptIndex) update(ctx context.Context, store codebase.IndexStore, labels []codebase.Label) (err error) {
	if k.index == nil {
		k.index, err = k.build(ctx, store, labels)
		return err
	}
	gone, missing, err := difference(k.index, labels)
	if err != nil {
		return err
	}
	if len(missing) > k.index.Len()/2 {
		// The centre of what was is none of what is.
		k.index, err = k.build(ctx, store, labels)
		return err
	}
	k.index.Remove(gone...)
	for some := range slices.Chunk(missing, 1000) {
		ids := make([]string, len(some))
		for i, label := range some {
			ids[i] = label.ID
		}
		vectors, err := store.VectorsOf(ctx, k.embedder.ID(), ids)
		if err != nil {
			return fmt.Errorf("read the vectors of %s: %w", k.embedder.ID(), err)
		}
		for _, vector := range vectors {
			entry, err := k.entry(vector, some)
			if err == nil {
				err = k.index.Add(entry)
			}
			if err != nil {
				return fmt.Errorf("bring the index up to date: %w", err)
			}
		}
	}
	return nil
}

// build makes an index of all that the store has.
func (k *keptIndex) build(ctx context.Context, store codebase.IndexStore, labels []codebase.Label) (*nearest.Index, error) {
	entries := func(yield func(nearest.Entry, error) bool) {
		for vector, err := range store.Vectors(ctx, k.embedder.ID(), codebase.Filter{}) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nearest.Entry{}, fmt.Errorf("read the vectors of %s: %w", k.embedder.ID(), err))
				return
			}
			entry, err := k.entry(vector, labels)
			if errors.Is(err, errNotListed) {
				continue // added since the labels were read: the next revision has it
			}
			if !yield(entry, err) {
				return
			}
		}
	}
	return nearest.Build(k.kind(), entries, len(labels))
}

var errNotListed = errors.New("the example is not listed")

// entry is a vector with its label, which is one of those that are given.
func (k *keptIndex) entry(vector codebase.Vector, labels []codebase.Label) (nearest.Entry, error) {
	place, listed := slices.BinarySearchFunc(labels, vector.ExampleID, func(label codebase.Label, id string) int {
		return cmp.Compare(label.ID, id)
	})
	if !listed {
		return nearest.Entry{}, errNotListed
	}
	if err := checkVector(vector.Values, k.embedder.Dimensions()); err != nil {
		return nearest.Entry{}, badVector(k.embedder, vector.ExampleID, err)
	}
	id, err := indexID(vector.ExampleID)
	label := labels[place]
	return nearest.Entry{ID: id, Language: label.Language, CWEs: label.CWEs, Vector: vector.Values}, err
}

// difference are the ids that the index has and should not, and the labels that it has
// not, or not as they are.
func difference(index *nearest.Index, labels []codebase.Label) (gone []nearest.ID, missing []codebase.Label, err error) {
	ids := make([]nearest.ID, len(labels))
	for i, label := range labels {
		if ids[i], err = indexID(label.ID); err != nil {
			return nil, nil, err
		}
	}
	place := 0
	for entry := range index.Entries() {
		for place < len(labels) && bytes.Compare(ids[place][:], entry.ID[:]) < 0 {
			missing = append(missing, labels[place])
			place++
		}
		switch {
		case place == len(labels) || ids[place] != entry.ID:
			gone = append(gone, entry.ID)
			continue
		case labels[place].Language != entry.Language || !slices.Equal(labels[place].CWEs, entry.CWEs):
			missing = append(missing, labels[place])
		}
		place++
	}
	return gone, append(missing, labels[place:]...), nil
}

// indexID reads an example's id, which is a SHA-256 in hex.
func indexID(text string) (id nearest.ID, err error) {
	if len(text) != hex.EncodedLen(len(id)) {
		return id, fmt.Errorf("index example %q: its id is no SHA-256", text)
	}
	if _, err := hex.Decode(id[:], []byte(text)); err != nil {
		return id, fmt.Errorf("index example %q: its id is no SHA-256: %w", text, err)
	}
	return id, nil
}
