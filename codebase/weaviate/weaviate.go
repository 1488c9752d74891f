// Package weaviate keeps the secure codebase in a Weaviate cluster, for codebases that
// several machines share, or that are to survive the loss of one.
//
//	address, err := weaviate.ParseAddress("weaviate://node1:8080,node2:8080,node3:8080")
//	store, err := weaviate.Open(ctx, address, weaviate.Options{})
//	if err != nil { … }
//	defer store.Close()
//
// The codebase is split into shards, and each shard lies on several nodes. A write counts
// when a majority of them (QUORUM) has it, and a read asks a majority, so that whatever
// [Store.Add] has acknowledged is read afterwards, whichever single node of three is lost.
//
// Other than the SQLite store, a cluster has no transactions. Every method checks what it
// is given before it writes anything; one that fails half-way, or whose process is killed,
// leaves what it had written. Nothing is taken back, since what one process wrote may have
// been acknowledged to another that wrote the same. A part of what was to be added is a
// codebase like any other, and to repeat the call brings it to its end. Of two processes that
// add the same example at one time, or decide on the same one in quarantine, the last one counts.
//
// The cluster is asked over its REST interface, by net/http: Weaviate's own client for Go
// brings thirty modules along, the server's among them, and knows one address only.
//
// Beside [codebase.Store], a [Store] is a [codebase.VectorStore], a [codebase.IndexStore],
// a [codebase.NearStore], a [codebase.BulkStore], a [codebase.ReplaceStore], a
// [codebase.MetaStore], a [codebase.Quarantine] and a [codebase.MovableStore].
package weaviate

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/codebase"
)

var (
	_ codebase.MovableStore = (*Store)(nil)
	_ codebase.IndexStore   = (*Store)(nil)
	_ codebase.NearStore    = (*Store)(nil)
	_ codebase.BulkStore    = (*Store)(nil)
	_ codebase.ReplaceStore = (*Store)(nil)
)

// Options say how to use a store on this machine. The zero Options suit.
type Options struct {
	// IndexDir is the folder for indexes of the vectors, which can be made again; by
	// default one in the user's cache folder.
	IndexDir string
}

// A Store is a secure codebase in a Weaviate cluster.
type Store struct {
	client   *client
	prefix   string // of the names of its classes
	indexDir string
	// replicas is on how many nodes each object lies.
	replicas int
	// embedders are the classes of vectors that are known to be there, by embedder.
	embedders sync.Map
	// gapsMu guards gaps: what WithoutVector found last, by embedder.
	gapsMu sync.Mutex
	gaps   map[string]gap
	// deciding is held while an example in quarantine is read and written back.
	deciding sync.Mutex
}

// Open opens the codebase at the address, and makes it where there is none. It is
// [ErrUnreachable] where the cluster does not answer.
func Open(ctx context.Context, address Address, options Options) (*Store, error) {
	client, err := newClient(address)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", address, err)
	}
	s := &Store{client: client, prefix: "SecCoder_" + address.Name + "_", indexDir: options.IndexDir, gaps: map[string]gap{}}
	if s.indexDir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			dir = os.TempDir()
		}
		s.indexDir = filepath.Join(dir, "seccoder", "indexes")
	}
	if err := s.prepare(ctx); err != nil {
		client.close()
		return nil, s.fail("open store", err)
	}
	return s, nil
}

// Close ends the use of the store.
func (s *Store) Close() error {
	s.client.close()
	return nil
}

// fail says what was being done, on which cluster, when err came.
func (s *Store) fail(doing string, err error) error {
	if strings.Contains(err.Error(), "store is read-only") { // what a node says whose disk is nearly full
		return fmt.Errorf("%s %s: %w: %w; free some space on its nodes and try again", doing, s.client.address, codebase.ErrFull, err)
	}
	return fmt.Errorf("%s %s: %w", doing, s.client.address, err)
}

// Check asks every node how it is, and returns an error where one is not well or where the
// codebase lies on fewer nodes than the cluster could bear.
func (s *Store) Check(ctx context.Context) error {
	var cluster struct {
		Nodes []struct {
			Name   string `json:"name"`
			Status string `json:"status"`
		} `json:"nodes"`
	}
	if err := s.client.do(ctx, http.MethodGet, "/v1/nodes", nil, &cluster); err != nil {
		return s.fail("check store", err)
	}
	for _, node := range cluster.Nodes {
		if node.Status != "HEALTHY" {
			return s.fail("check store", fmt.Errorf("its node %s is %s; the others answer for it, as long as a majority is left", node.Name, cmp.Or(node.Status, "silent")))
		}
	}
	return nil
}
