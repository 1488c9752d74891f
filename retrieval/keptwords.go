package retrieval

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// wordsInFile is beyond how many examples an index of words is kept in a file: reading the code of
// as many takes some tenths of a second.
const wordsInFile = 1000

// fetchedAtOnce is how many examples are in memory with their code while words are read.
const fetchedAtOnce = 200

// wordsName names the file of the index of words among the store's indexes.
const wordsName = "words"

// A keptWords is the index of a store's words. That of many examples is kept in the store's
// file for it, where the store is a [codebase.IndexStore], and brought up to date by what has
// changed.
type keptWords struct {
	store  codebase.Store
	inFile int           // wordsInFile
	labels *sharedLabels // as of keptIndex
	// notice is as of keptIndex.
	notice notice
	// index is the one that was used last; nil before, and up to inFile.
	index *wordIndex
}

// read brings the index up to date. It is called by one goroutine at a time.
func (k *keptWords) read(ctx context.Context) (*wordIndex, error) {
	store, ok := k.store.(codebase.IndexStore)
	if !ok {
		return buildWordIndex(ctx, k.store.Examples(ctx, codebase.Filter{}))
	}
	path := store.IndexPath(wordsName)
	key := tokenKey(path)
	stamp, err := readStamp(ctx, k.store, key)
	if err != nil {
		return nil, err
	}
	if k.index == nil {
		k.open(path)
	}
	if k.index != nil && k.index.Stamp == stamp.String() && stamp.token != "" {
		return k.index, nil
	}
	index, err := k.update(ctx, stamp.revision)
	if err != nil {
		return nil, err
	}
	index.Stamp = stamp.String()
	if k.index = index; index.len() <= k.inFile {
		k.index = nil
		return index, nil
	}
	err = stamp.renew(ctx, k.store, key, func(text string) error {
		index.Stamp = text
		return atomicfile.Write(path, 0o644, index.write)
	})
	if err != nil {
		k.notice.tell("the index of the examples' words is made anew each time: save it as %s: %v", path, err)
	}
	return index, nil
}

// open takes the index from the file, if one is there that can be used.
func (k *keptWords) open(path string) {
	index, err := openWordIndex(path)
	switch {
	case err == nil:
		k.index = index
	case !errors.Is(err, fs.ErrNotExist):
		k.notice.tell("%v; it is made anew", err)
	}
}

// update makes the index of the store as it is, which was of a revision just now, from the one that is
// there.
func (k *keptWords) update(ctx context.Context, revision int64) (*wordIndex, error) {
	all := func() (*wordIndex, error) { return buildWordIndex(ctx, k.store.Examples(ctx, codebase.Filter{})) }
	if k.index == nil {
		return all()
	}
	labels, err := k.labels.read(ctx, k.store, revision)
	if err != nil {
		return nil, err
	}
	gone, missing := k.index.changes(labels)
	if len(missing) > k.index.len()/2 {
		return all()
	}
	added, err := buildWordIndex(ctx, k.examples(ctx, missing))
	if err != nil {
		return nil, err
	}
	return k.index.merge(gone, added)
}

// examples fetches those with the labels. One that was removed meanwhile is left out: the
// next revision knows.
func (k *keptWords) examples(ctx context.Context, labels []codebase.Label) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for some := range slices.Chunk(labels, fetchedAtOnce) {
			ids := make([]string, len(some))
			for i, label := range some {
				ids[i] = label.ID
			}
			examples, err := fetchMany(ctx, k.store, ids)
			if err != nil {
				yield(codebase.Example{}, err)
				return
			}
			for _, example := range examples {
				if !yield(example, nil) {
					return
				}
			}
		}
	}
}
