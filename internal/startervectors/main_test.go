package main

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/retrieval"
)

const stale = "corpus/all-minilm-l6-v2.vectors is not that of this corpus: run make vectors"

// alike is the cosine that the vectors of one text on two machines have at least.
const alike = 0.999

func TestMain(m *testing.M) {
	seccoder.RunWorker()
	os.Exit(m.Run())
}

// TestVectorsAreOfTheCorpus needs no model: an example's id is its content's hash.
func TestVectorsAreOfTheCorpus(t *testing.T) {
	have := mustVectors(t)
	for _, e := range mustStarter(t) {
		if _, ok := have[e.ID]; !ok {
			t.Errorf("%s has no vector; %s", e.Source.Path, stale)
		}
		delete(have, e.ID)
	}
	for id := range have {
		t.Errorf("there is a vector of %s, which is no starter example; %s", id, stale)
	}
}

var all = flag.Bool("all", false, "compute the vectors of all examples again, not of a sample")

// TestVectorsAreOfTheEmbedder computes vectors again: some from all over the corpus, which
// another embedder or another way of reading examples would change as well, or all of them.
func TestVectorsAreOfTheEmbedder(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	paths := map[string]string{}
	for _, e := range mustStarter(t) {
		paths[e.ID] = e.Source.Path
	}
	made := mustCompute(t)
	have := mustVectors(t)
	for _, vector := range made {
		if got := cosine(vector.Values, have[vector.ExampleID]); !(got >= alike) {
			t.Errorf("%s: the cosine of its vector and the one that is kept is %.5f, must be %g at least; %s",
				paths[vector.ExampleID], got, alike, stale)
		}
	}
}

// TestWeaknessVectorsAreOfTheEmbedder computes the vectors of the weaknesses' descriptions
// again. Whether they are of the descriptions, package retrieval's tests know.
func TestWeaknessVectorsAreOfTheEmbedder(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	id, kept := mustReadFile(t, "../../retrieval/weaknesses.vectors")
	checkEmbedder(t, id)
	embedder, err := seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}.OpenEmbedder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer embedder.Close()
	made, err := retrieval.EmbedWeaknesses(t.Context(), embedder)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string][]float32{}
	for _, v := range kept {
		have[v.ExampleID] = v.Values
	}
	if len(kept) != len(made) {
		t.Errorf("%d vectors are kept of %d descriptions: run make vectors", len(kept), len(made))
	}
	for i, v := range made {
		if got := cosine(v.Values, have[v.ExampleID]); !(got >= alike) {
			t.Errorf("description %d: the cosine of its vector and the one that is kept is %.5f, must be %g at least: run make vectors", i+1, got, alike)
		}
	}
}

func mustReadFile(t *testing.T, path string) (embedder string, vectors []codebase.Vector) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	embedder, vectors, err = retrieval.ReadVectors(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return embedder, vectors
}

// mustCompute computes vectors of starter examples.
func mustCompute(t *testing.T) []codebase.Vector {
	t.Helper()
	if !*all {
		return mustSample(t, 40)
	}
	path := filepath.Join(t.TempDir(), "vectors")
	if err := write(t.Context(), path, filepath.Join(t.TempDir(), "weaknesses")); err != nil {
		t.Fatal(err)
	}
	embedder, made := mustReadFile(t, path)
	checkEmbedder(t, embedder)
	if len(made) != len(mustStarter(t)) {
		t.Errorf("%d vectors were made of %d examples", len(made), len(mustStarter(t)))
	}
	return made
}

// mustSample computes the vectors of about n examples.
func mustSample(t *testing.T, n int) []codebase.Vector {
	t.Helper()
	embedder, err := seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}.OpenEmbedder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer embedder.Close()
	checkEmbedder(t, embedder.ID())
	starter := mustStarter(t)
	var some []codebase.Example
	for i := 0; i < len(starter); i += max(len(starter)/n, 1) {
		some = append(some, starter[i])
	}
	made, err := retrieval.EmbedExamples(t.Context(), embedder, some)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// checkEmbedder compares an embedder's id with that of the vectors that are kept.
func checkEmbedder(t *testing.T, id string) {
	t.Helper()
	if kept, _ := mustRead(t); kept != id {
		t.Errorf("the vectors are of %s, the embedder is %s; %s", kept, id, stale)
	}
}

func mustStarter(t *testing.T) []codebase.Example {
	t.Helper()
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

func mustRead(t *testing.T) (embedder string, vectors []codebase.Vector) {
	t.Helper()
	embedder, vectors, err := retrieval.ReadVectors(bytes.NewReader(corpus.Vectors()))
	if err != nil {
		t.Fatalf("%v; %s", err, stale)
	}
	return embedder, vectors
}

func mustVectors(t *testing.T) map[string][]float32 {
	t.Helper()
	_, vectors := mustRead(t)
	byID := map[string][]float32{}
	for _, v := range vectors {
		byID[v.ExampleID] = v.Values
	}
	return byID
}

// cosine is NaN for vectors that cannot be compared.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return math.NaN()
	}
	var product, aa, bb float64
	for i := range a {
		product += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return product / math.Sqrt(aa*bb)
}
