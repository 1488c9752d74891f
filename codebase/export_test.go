package codebase

import (
	"context"
	"time"

	"github.com/seccoder/seccoder/corpus"
)

// StarterDigest is the digest in the stamp of the starter examples.
func StarterDigest() string { return starterForm + corpus.Digest() }

// SyncStarterOf is SyncStarter of a program whose starter examples these are, last changed then.
func SyncStarterOf(ctx context.Context, store Store, at time.Time, examples []Example) (added, removed int, err error) {
	s := starters{examples: examples, at: at, mark: at.Format(time.RFC3339) + " test"}
	if there, err := s.noted(ctx, store); there || err != nil {
		return 0, 0, err
	}
	return s.sync(ctx, store)
}
