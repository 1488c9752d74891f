package retrieval

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/seccoder/seccoder/codebase"
)

// A Revisioner is a store that can say whether it has changed. It is asked for
// by type assertion. Over a store that cannot say, a retriever reads the store
// once, at its first query, and knows nothing of later changes: make a new
// retriever after a change.
type Revisioner interface {
	// Revision returns a number that differs from all earlier ones once examples were
	// added or removed, by this process or by another.
	Revision(ctx context.Context) (int64, error)
}

// A snapshot is what a retriever made of the store: built at first use, and
// again after the store has changed. Whoever holds a built value may go on
// using it, for values are never changed.
type snapshot[T any] struct {
	store codebase.Store
	build func(ctx context.Context) (T, error)
	// building holds one token while a goroutine builds. A channel serves where a mutex
	// would not: waiting for it can be given up.
	building chan struct{}
	current  atomic.Pointer[built[T]]
}

// built is a value with the revision of the store that it was made from.
type built[T any] struct {
	value    T
	revision int64
}

func newSnapshot[T any](store codebase.Store, build func(ctx context.Context) (T, error)) *snapshot[T] {
	return &snapshot[T]{store: store, build: build, building: make(chan struct{}, 1)}
}

// get returns the value for the store as it is now. Of several goroutines that
// find it out of date, one builds and the others wait.
func (s *snapshot[T]) get(ctx context.Context) (value T, err error) {
	if value, ok, err := s.fresh(ctx); ok || err != nil {
		return value, err
	}
	select {
	case s.building <- struct{}{}:
		defer func() { <-s.building }()
	case <-ctx.Done():
		return value, ctx.Err()
	}
	if value, ok, err := s.fresh(ctx); ok || err != nil {
		return value, err
	}
	// The revision is read before the store is: a change in between makes one build too
	// many, where the other order would miss it for good.
	revision, err := s.revision(ctx)
	if err != nil {
		return value, err
	}
	value, err = s.build(ctx)
	if err != nil {
		return value, err
	}
	s.current.Store(&built[T]{value: value, revision: revision})
	return value, nil
}

// fresh returns the value that is there, if it is of the store's present revision.
func (s *snapshot[T]) fresh(ctx context.Context) (value T, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return value, false, err
	}
	current := s.current.Load()
	if current == nil {
		return value, false, nil
	}
	revision, err := s.revision(ctx)
	if err != nil {
		return value, false, err
	}
	return current.value, revision == current.revision, nil
}

// revision is 0, always, for a store that cannot tell.
func (s *snapshot[T]) revision(ctx context.Context) (int64, error) {
	revisioner, ok := s.store.(Revisioner)
	if !ok {
		return 0, nil
	}
	revision, err := revisioner.Revision(ctx)
	if err != nil {
		return 0, fmt.Errorf("ask the secure codebase whether it has changed: %w", err)
	}
	return revision, nil
}
