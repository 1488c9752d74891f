package weaviate

import (
	"context"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

const (
	// completeKey begins the fact that names the revision of the examples at which each of them
	// had a vector of the embedder, and when that was seen. While it is still the revision, nobody
	// need list a million examples to find that none has to be embedded.
	completeKey = codebase.OwnFact + "complete "
	// completeFor is how long that is believed: a replica that was away may have listed a vector
	// that the others had removed, and a process that removed one may have been killed
	// before it drew a revision.
	completeFor = 24 * time.Hour
)

// complete reports whether every example has a vector of the embedder at a revision, as was noted.
func (s *Store) complete(ctx context.Context, embedder, revision string) (bool, error) {
	value, err := s.fact(ctx, completeKey+embedder)
	at, seen, _ := strings.Cut(value, " ")
	when, bad := time.Parse(time.RFC3339, seen)
	return bad == nil && at == revision && time.Since(when) < completeFor, err
}

// A gap is the examples that had no vector of an embedder at a revision, by uuid.
type gap struct {
	revision string
	missing  map[string]bool
}

// foundMissing keeps which examples were found to have no vector.
func (s *Store) foundMissing(ctx context.Context, embedder, revision string, ids []string) {
	g := gap{revision, make(map[string]bool, len(ids))}
	for _, id := range ids {
		g.missing[uuidOf(id)] = true
	}
	s.gapsMu.Lock()
	s.gaps[embedder] = g
	s.gapsMu.Unlock()
	s.filled(ctx, embedder, nil)
}

// filled takes note of vectors that were written. When none is missing any more, they are complete at
// the revision at which they were looked for: an example that came later, or came back, drew another.
func (s *Store) filled(ctx context.Context, embedder string, vectors []object) {
	s.gapsMu.Lock()
	g, known := s.gaps[embedder]
	for _, o := range vectors {
		delete(g.missing, o.ID)
	}
	complete := known && len(g.missing) == 0
	if complete {
		delete(s.gaps, embedder)
	}
	s.gapsMu.Unlock()
	if complete && g.revision != "" {
		// Where it cannot be noted, as with a key that may only read, the next one looks again.
		_ = s.setFact(ctx, completeKey+embedder, g.revision+" "+time.Now().UTC().Format(time.RFC3339))
	}
}
