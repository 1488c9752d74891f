package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// A vectorIndex is the vectors of the examples of all languages, one behind the
// other. It has no structure to speed up search: reading all of 10,000 vectors
// takes about two milliseconds, embedding the query some seventy. There are no more than
// exactExamples of them where the store can keep an index.
type vectorIndex struct {
	listing
	dims int
	rows []float32 // the vector at a place is rows[place*dims:][:dims]
}

// readVectorIndex reads the embedder's vectors, after making those that miss.
func readVectorIndex(ctx context.Context, store codebase.Store, embedder Embedder) (*vectorIndex, error) {
	vectors, err := vectorStore(store)
	if err != nil {
		return nil, err
	}
	if _, err := EnsureVectors(ctx, store, embedder, nil); err != nil {
		return nil, err
	}
	all, err := readListing(ctx, store)
	if err != nil {
		return nil, err
	}
	index := &vectorIndex{dims: embedder.Dimensions()}
	for vector, err := range vectors.Vectors(ctx, embedder.ID(), codebase.Filter{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("read the vectors of %s: %w", embedder.ID(), err)
		}
		place, listed := slices.BinarySearch(all.ids, vector.ExampleID)
		if !listed {
			continue // added since the listing was read: the next revision has it
		}
		if len(index.ids) > 0 && vector.ExampleID <= index.ids[len(index.ids)-1] {
			return nil, fmt.Errorf("read the vectors of %s: that of example %s came out of order", embedder.ID(), vector.ExampleID)
		}
		if err := checkVector(vector.Values, index.dims); err != nil {
			return nil, badVector(embedder, vector.ExampleID, err)
		}
		index.ids = append(index.ids, vector.ExampleID)
		index.languages = append(index.languages, all.languages[place])
		index.cwes = append(index.cwes, all.cwes[place])
		index.rows = append(index.rows, vector.Values...)
	}
	return index, nil
}

func badVector(embedder Embedder, id string, err error) error {
	return fmt.Errorf("read the vectors of %s: that of example %s %w; remove the example and add it again", embedder.ID(), id, err)
}

// score compares a vector with those at the places.
func (x *vectorIndex) score(ctx context.Context, vector []float32, places []int) (ranking, error) {
	hits := make(ranking, len(places))
	for i, place := range places {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		hits[i] = hit{place, float64(dot(vector, x.rows[place*x.dims:][:x.dims]))}
	}
	return hits, nil
}

// dot is the inner product of two vectors of one length. The sum is kept in
// parts, which a processor can add at the same time.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// checkVector says what is wrong with a vector, as the end of a sentence: it must
// have the embedder's length, hold finite numbers and be normalised. The zero
// vector, which some embedders make of an empty text, is let through.
func checkVector(vector []float32, dims int) error {
	if len(vector) != dims {
		return fmt.Errorf("has %d numbers where the embedder makes %d", len(vector), dims)
	}
	var sum float64
	for _, v := range vector {
		sum += float64(v) * float64(v)
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return errors.New("holds a number that is not finite")
	}
	if length := math.Sqrt(sum); sum != 0 && math.Abs(length-1) > 0.01 {
		return fmt.Errorf("has length %.3g where 1 is expected", length)
	}
	return nil
}
