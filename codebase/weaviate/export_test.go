package weaviate

import (
	"context"
	"net/http"
	"time"
)

// AskAgainAfter has a Fallback try its cluster again so soon.
func (f *Fallback) AskAgainAfter(d time.Duration) { f.askAgain = d }

// WaitFor has a Fallback wait so long for its cluster.
func (f *Fallback) WaitFor(d time.Duration) { f.store.client.timeout = d }

// Drop takes a codebase out of its cluster.
func (s *Store) Drop(ctx context.Context) error {
	have, err := s.readSchema(ctx)
	if err != nil {
		return err
	}
	for name := range have {
		if err := s.client.do(ctx, http.MethodDelete, "/v1/schema/"+name, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// ClassOfExamples is the name of the class that holds the examples.
func (s *Store) ClassOfExamples() string { return s.prefix + classExamples }

// Replicas is on how many nodes each object lies.
func (s *Store) Replicas() int { return s.replicas }

// UUID is the name of an example's object.
func UUID(id string) string { return uuidOf(id) }

// Listed is how many examples a quorum lists, and Queried how many one replica of each shard does.
func (s *Store) Listed(ctx context.Context) (listed, queried int, err error) {
	everything := intIs("place", "GreaterThanEqual", 0)
	a, _, err := s.find(ctx, classExamples, everything)
	if err != nil {
		return 0, 0, err
	}
	b, _, err := s.query(ctx, classExamples, everything)
	return len(a), len(b), err
}
