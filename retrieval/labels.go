package retrieval

import (
	"context"
	"sync"

	"github.com/seccoder/seccoder/codebase"
)

// sharedLabels hands what one index read of a store's examples on to another that is brought up to
// date behind it: of 100,000, reading the labels takes longer than all else that an added example
// costs. The nil sharedLabels hands nothing on.
type sharedLabels struct {
	mu       sync.Mutex
	revision int64
	labels   []codebase.Label // of that revision; nil for none
}

// read returns the labels of a store that was of a revision just now. They are those that were left
// where the revision is still the one before these were read, or else are read now, and left for
// the next. 0 is the revision of a store that cannot tell.
func (s *sharedLabels) read(ctx context.Context, store codebase.Store, revision int64) ([]codebase.Label, error) {
	if s == nil || revision == 0 {
		return readLabels(ctx, store)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if labels := s.labels; labels != nil && s.revision == revision {
		s.labels = nil
		return labels, nil
	}
	labels, err := readLabels(ctx, store)
	if err != nil {
		return nil, err
	}
	s.revision, s.labels = revision, labels
	return labels, nil
}

// drop forgets labels that nobody came for.
func (s *sharedLabels) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.labels = nil
}
