package weaviate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// PutVectors implements codebase.VectorStore. Where it fails half-way, some of the vectors
// may be there.
func (s *Store) PutVectors(ctx context.Context, embedder string, vectors map[string][]float32) error {
	if len(vectors) == 0 {
		return nil
	}
	if err := s.putVectors(ctx, embedder, vectors); err != nil {
		return s.fail("write vectors to store", err)
	}
	return nil
}

func (s *Store) putVectors(ctx context.Context, embedder string, vectors map[string][]float32) error {
	class, err := s.vectorClass(ctx, embedder)
	if err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(vectors))
	dims := cmp.Or(class.dims, len(vectors[ids[0]]))
	for _, id := range ids {
		if err := codebase.FitVector(vectors[id], dims); err != nil {
			return fmt.Errorf("vector of example %.12s by %s: %w", id, embedder, err)
		}
	}
	if class, err = s.makeVectorClass(ctx, embedder, dims); err != nil {
		return err
	}
	if class.dims != dims {
		return fmt.Errorf("vectors by %s: %w", embedder, codebase.FitVector(vectors[ids[0]], class.dims))
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !isID(id) })
	for some := range slices.Chunk(ids, page) {
		if err := s.putSome(ctx, embedder, class, some, vectors); err != nil {
			return err
		}
	}
	return nil
}

// putSome writes the vectors of those of the ids whose examples are there, with the labels
// that the examples have.
func (s *Store) putSome(ctx context.Context, embedder string, class vectorClass, ids []string, vectors map[string][]float32) error {
	uuids := make([]string, len(ids))
	for i, id := range ids {
		uuids[i] = uuidOf(id)
	}
	objects, err := s.fetch(ctx, classExamples, uuids, []string{"example_id", "language", "cwes", "kind", "admitted_at"}, false)
	if err != nil {
		return err
	}
	var put []object
	for _, o := range objects {
		id := o.textOf("example_id")
		put = append(put, object{Class: class.name, ID: o.ID, Vector: vectors[id], Properties: map[string]any{
			"example_id": id, "place": placeOf(id), "language": o.textOf("language"), "cwes": o.intsOf("cwes"),
			"kind": o.textOf("kind"), "admitted_at": o.textOf("admitted_at"),
		}})
	}
	if err := s.write(ctx, put); err != nil {
		return err
	}
	s.filled(ctx, embedder, put)
	return nil
}

// Vectors implements codebase.VectorStore.
func (s *Store) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	return func(yield func(codebase.Vector, error) bool) {
		class, err := s.vectorClass(ctx, embedder)
		if err != nil {
			yield(codebase.Vector{}, s.fail("read vectors of store", err))
			return
		}
		if class.dims == 0 {
			return
		}
		for vector, err := range scan(ctx, s, "read vectors of store", class.name, page, []string{"example_id"}, true, conditions(filter), class.decode) {
			if !yield(vector, err) {
				return
			}
		}
	}
}

func (c vectorClass) decode(o object) (codebase.Vector, error) {
	v := codebase.Vector{ExampleID: o.textOf("example_id"), Values: o.Vector}
	if !isID(v.ExampleID) || uuidOf(v.ExampleID) != o.ID {
		return v, fmt.Errorf("%w: object %s is of example %.12s", codebase.ErrDamaged, o.ID, v.ExampleID)
	}
	if len(v.Values) != c.dims {
		return v, fmt.Errorf("%w: the vector of example %.12s has %d values", codebase.ErrDamaged, v.ExampleID, len(v.Values))
	}
	return v, nil
}

// VectorsOf implements codebase.IndexStore.
func (s *Store) VectorsOf(ctx context.Context, embedder string, ids []string) ([]codebase.Vector, error) {
	class, err := s.vectorClass(ctx, embedder)
	if err != nil {
		return nil, s.fail("read vectors of store", err)
	}
	var uuids []string
	for _, id := range ids {
		if isID(id) {
			uuids = append(uuids, uuidOf(id))
		}
	}
	if class.dims == 0 {
		return nil, nil
	}
	slices.Sort(uuids)
	var vectors []codebase.Vector
	for some := range slices.Chunk(slices.Compact(uuids), page) {
		objects, err := s.fetch(ctx, class.name, some, []string{"example_id"}, true)
		if err != nil {
			return nil, s.fail("read vectors of store", err)
		}
		for _, o := range objects {
			v, err := class.decode(o)
			if err != nil {
				return nil, s.fail("read vectors of store", err)
			}
			vectors = append(vectors, v)
		}
	}
	return vectors, nil
}

// WithoutVector implements codebase.VectorStore.
func (s *Store) WithoutVector(ctx context.Context, embedder string) ([]string, error) {
	ids, err := s.withoutVector(ctx, embedder)
	if err != nil {
		return nil, s.fail("read vectors of store", err)
	}
	return ids, nil
}

func (s *Store) withoutVector(ctx context.Context, embedder string) ([]string, error) {
	class, err := s.vectorClass(ctx, embedder)
	if err != nil {
		return nil, err
	}
	// Before the lists: what is added while they are read draws another one.
	revision, err := s.fact(ctx, revisionKey)
	if err != nil {
		return nil, err
	}
	have := make(map[string]bool)
	if class.dims > 0 {
		if complete, err := s.complete(ctx, embedder, revision); complete || err != nil {
			return nil, err
		}
		for uuids, err := range s.list(ctx, class.name, pageIDs, everywhere) {
			if err != nil {
				return nil, err
			}
			for _, uuid := range uuids {
				have[uuid] = true
			}
		}
	}
	var ids []string
	for uuids, err := range s.list(ctx, classExamples, pageIDs, everywhere) {
		if err != nil {
			return nil, err
		}
		missing := slices.DeleteFunc(uuids, func(uuid string) bool { return have[uuid] })
		for some := range slices.Chunk(missing, page) {
			objects, err := s.fetch(ctx, classExamples, some, []string{"example_id"}, false)
			if err != nil {
				return nil, err
			}
			for _, o := range objects {
				ids = append(ids, o.textOf("example_id"))
			}
		}
	}
	s.foundMissing(ctx, embedder, revision, ids)
	return ids, nil
}

// IndexPath implements codebase.IndexStore: a file of this machine, in a cache folder.
func (s *Store) IndexPath(name string) string {
	// Each machine has its own, and says so in its name: the store keeps a word for each.
	machine, _ := os.Hostname()
	sum := sha256.Sum256([]byte(s.client.address.String() + "\n" + name + "\n" + machine + "\n" + s.indexDir))
	return filepath.Join(s.indexDir, "weaviate-"+hex.EncodeToString(sum[:8]))
}

// Nearest implements codebase.NearStore: the cluster searches its own index, a graph in the
// memory of its nodes. A node searches the replica that it has, and one that was away is not
// given back all of what it missed (Weaviate 1.35); so a majority of the nodes is asked, in
// which there is one that was not.
func (s *Store) Nearest(ctx context.Context, embedder string, vector []float32, filter codebase.Filter, k int) ([]codebase.Near, error) {
	near, err := s.nearest(ctx, embedder, vector, filter, k)
	if err != nil {
		return nil, s.fail("search store", err)
	}
	return near, nil
}

func (s *Store) nearest(ctx context.Context, embedder string, vector []float32, filter codebase.Filter, k int) ([]codebase.Near, error) {
	class, err := s.vectorClass(ctx, embedder)
	if err != nil || class.dims == 0 || k < 1 {
		return nil, err
	}
	if err := codebase.FitVector(vector, class.dims); err != nil {
		return nil, fmt.Errorf("the query's vector: %w", err)
	}
	arguments := fmt.Sprintf("nearVector:{vector:%s},limit:%d", quoted(vector), k)
	if conditions := conditions(filter); len(conditions) > 0 {
		arguments += ",where:" + all(conditions...).graphQL()
	}
	results, err := s.getOfMajority(ctx, class.name, arguments, []string{"example_id"})
	if err != nil {
		return nil, err
	}
	scores := make(map[string]float64)
	for _, f := range results {
		scores[f.textOf("example_id")] = -f.distance
	}
	near := make([]codebase.Near, 0, len(scores))
	for id, score := range scores {
		near = append(near, codebase.Near{ID: id, Score: score})
	}
	slices.SortFunc(near, byScore)
	return near[:min(len(near), k)], nil
}

// Embedders implements codebase.MovableStore.
func (s *Store) Embedders(ctx context.Context) ([]string, error) {
	embedders, _, err := s.vectorClasses(ctx)
	if err != nil {
		return nil, s.fail("read store", err)
	}
	return embedders, nil
}

// Count implements codebase.NearStore.
func (s *Store) Count(ctx context.Context) (int, error) {
	n, err := s.count(ctx, classExamples)
	if err != nil {
		return 0, s.fail("read store", err)
	}
	return n, nil
}
