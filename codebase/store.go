package codebase

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/seccoder/seccoder/lang"
)

// Errors that callers tell apart with errors.Is.
var (
	// ErrNotFound says that no example has the id.
	ErrNotFound = errors.New("no such example")
	// ErrAmbiguous says that several examples' ids begin with what was given.
	ErrAmbiguous = errors.New("several examples have an id that begins so")
	// ErrNewerSchema says that a newer version of SecCoder wrote the store.
	ErrNewerSchema = errors.New("the store was written by a newer version of seccoder")
	// ErrDamaged says that the store's file is not what was written to it.
	ErrDamaged = errors.New("the store is damaged")
	// ErrFull says that there is no room left for what was to be written. Nothing of
	// it was.
	ErrFull = errors.New("no room left for the store")
)

// A Store keeps the secure codebase. Its methods may be called from several
// goroutines, and several processes may have one store open at once.
type Store interface {
	// Add puts examples in, all or none. An example whose id is there already is left
	// as it is; one that [Example.Validate] refuses is an error. It returns how many
	// were new. When Add returns without error the examples survive a crash of the
	// process.
	Add(ctx context.Context, examples ...Example) (added int, err error)
	// Remove takes examples out, with their vectors. Ids that are not there are passed over.
	Remove(ctx context.Context, ids ...string) (removed int, err error)
	// Get returns the example whose id is, or begins with, id, in either case of the
	// letters. It returns ErrAmbiguous where several do and ErrNotFound where none does
	// or id is empty.
	Get(ctx context.Context, id string) (Example, error)
	// Examples yields what matches the filter, in the order of ids. An error ends the sequence.
	Examples(ctx context.Context, filter Filter) iter.Seq2[Example, error]
	Close() error
}

// A LookupStore is a Store that tells of many ids at once whether it knows them, which takes it
// a fraction of the time of as many calls of Get.
type LookupStore interface {
	// KnownIDs returns those of the ids that examples have, and HeldIDs those that examples
	// in quarantine have, in any state. The ids are whole and in lower case, and may come back
	// in another order.
	KnownIDs(ctx context.Context, ids []string) ([]string, error)
	HeldIDs(ctx context.Context, ids []string) ([]string, error)
}

// A BulkStore is a Store that gives many examples for one question, where each would cost a request
// to another machine, and names those that match a filter without reading their code.
type BulkStore interface {
	// GetMany returns the examples with these whole ids, in the order of ids. Those that are not
	// there are left out.
	GetMany(ctx context.Context, ids []string) ([]Example, error)
	// IDs yields the ids of the examples that match the filter, in order. An error ends the
	// sequence.
	IDs(ctx context.Context, filter Filter) iter.Seq2[string, error]
}

// A ReplaceStore is a Store that can change examples without their being away in between, and
// that looks at an example again when it changes or removes it: another process may have
// changed it since it was read. The functions that it is given must not use the store.
type ReplaceStore interface {
	// Replace puts each example in the place of the one that has its id, where there is one for
	// which where is true. The vectors stay. It returns how many it replaced.
	Replace(ctx context.Context, where func(have Example) bool, examples ...Example) (replaced int, err error)
	// RemoveWhere is Remove of those of the ids for whose examples where is true.
	RemoveWhere(ctx context.Context, where func(have Example) bool, ids ...string) (removed int, err error)
}

// A Filter chooses examples. The zero Filter chooses all.
type Filter struct {
	// Language, where set, keeps the examples that can serve it (lang.Language.Compatible).
	Language lang.Language
	// CWE, where set, keeps the examples that have it among theirs.
	CWE CWE
	// SourceKind, where set, keeps the examples of that kind of source.
	SourceKind string
	// Since, where set, keeps the examples that were admitted then or later.
	Since time.Time
}

// A VectorStore is a Store that also keeps the embedding of each example, one
// for each embedder. It is the optional ability that the dense retriever asks for.
type VectorStore interface {
	// PutVectors keeps vectors under the embedder's id, by example id, all or none, in
	// place of those it had. Vectors of examples that are not there (any more) are
	// passed over. Empty vectors, values that are no numbers and lengths that differ
	// are errors.
	PutVectors(ctx context.Context, embedder string, vectors map[string][]float32) error
	// Vectors yields the vectors of the embedder for the examples that match the
	// filter, in the order of example ids. An error ends the sequence.
	Vectors(ctx context.Context, embedder string, filter Filter) iter.Seq2[Vector, error]
	// WithoutVector lists the ids of the examples that have no vector of the embedder,
	// in order.
	WithoutVector(ctx context.Context, embedder string) ([]string, error)
}

// An IndexStore is a VectorStore over which indexes can be kept up to date
// without reading everything again.
type IndexStore interface {
	VectorStore
	// Labels yields what an index knows of each example beside its code, in the order of ids,
	// and does not read the code. An error ends the sequence.
	Labels(ctx context.Context) iter.Seq2[Label, error]
	// VectorsOf returns those vectors of the embedder that the examples with these whole
	// ids have, in the order of ids.
	VectorsOf(ctx context.Context, embedder string, ids []string) ([]Vector, error)
	// IndexPath is the file in which an index may be kept: of an embedder's vectors under the
	// embedder's id, another under a name that is none. It belongs to the store and holds
	// nothing that cannot be made again.
	IndexPath(name string) string
}

// A NearStore is a VectorStore that can search its vectors itself, where they are too many
// to be brought here.
type NearStore interface {
	VectorStore
	// Nearest returns the k examples with vectors of the embedder nearest to the one given,
	// by their inner product, among those that match the filter; the nearest first, equal
	// ones in the order of ids. It may miss some. An embedder that has no vectors here is an
	// empty result.
	Nearest(ctx context.Context, embedder string, vector []float32, filter Filter, k int) ([]Near, error)
	// Count is how many examples there are, or about so many.
	Count(ctx context.Context) (int, error)
}

// A Near is an example that Nearest found.
type Near struct {
	ID string
	// Score is the inner product of the two vectors.
	Score float64
}

// A MovableStore can give away all that it keeps, and take it as it is (package transfer).
type MovableStore interface {
	Store
	VectorStore
	MetaStore
	Quarantine
	// Embedders lists the embedders that have vectors here, in order.
	Embedders(ctx context.Context) ([]string, error)
	// Facts returns what SetMeta has set and not taken away.
	Facts(ctx context.Context) (map[string]string, error)
	// PutHeld puts quarantined examples in with their states and histories, all or none,
	// merged with what is there ([Held.Merged]). It returns how many that changed.
	PutHeld(ctx context.Context, held ...Held) (changed int, err error)
}

// OwnFact begins the keys of facts that are about one store and what lies beside it, not
// about its examples. They stay behind when a codebase moves.
const OwnFact = "index "

// A Label is what an index knows of an example beside its code.
type Label struct {
	ID         string
	Language   lang.Language
	CWEs       []CWE
	Title, Fix string
}

// A MetaStore is a Store that also keeps short facts about itself by name, such
// as which starter entries it was last brought in line with ([SyncStarter]).
type MetaStore interface {
	// Meta returns the value of the key, or "" where it has none.
	Meta(ctx context.Context, key string) (string, error)
	// SetMeta gives the key a value. "" takes it away.
	SetMeta(ctx context.Context, key, value string) error
}

// A Vector is an example's embedding.
type Vector struct {
	ExampleID string
	Values    []float32
}

// FitVector refuses what would spoil every comparison later: a vector that is empty, has another
// length than those of its embedder, or values that are no numbers.
func FitVector(values []float32, length int) error {
	switch {
	case len(values) == 0:
		return errors.New("it is empty")
	case len(values) != length:
		return fmt.Errorf("it has %d values where the others have %d", len(values), length)
	}
	for i, v := range values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("value %d is %v", i, v)
		}
	}
	return nil
}
