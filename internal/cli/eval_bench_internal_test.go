package cli

import (
	"context"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// likeProgram goes by the id of the program's embedder, for which there are a head and the
// starter examples' vectors; all that it embeds itself is alike.
type likeProgram struct{}

func (likeProgram) ID() string      { return "all-minilm-l6-v2/q8_0/256" }
func (likeProgram) Dimensions() int { return 384 }

func (e likeProgram) Embed(_ context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = make([]float32, e.Dimensions())
		vectors[i][0] = 1
	}
	return vectors, nil
}

// What was trained on all starter examples has no say over those that are left when the
// held-out ones are taken away; over all of them, it has.
func TestWithoutTrained(t *testing.T) {
	for name, untrained := range map[string]bool{"starter": false, starterHeldOut: true} {
		b := &evalBench{dir: t.TempDir()}
		c, err := b.Codebase(t.Context(), eval.CodebaseSpec{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if c.Untrained != untrained {
			t.Errorf("%s: untrained is %v", name, c.Untrained)
		}
		store, err := c.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ranked := func(r retrieval.Retriever) retrieval.Match {
			t.Helper()
			query := retrieval.Query{Language: lang.Python, Text: "def total(numbers):\n    return len(numbers) + sum(numbers)\n"}
			matches, err := r.Retrieve(t.Context(), query, 1)
			if err != nil || len(matches) == 0 {
				t.Fatalf("%s: %d matches, %v", name, len(matches), err)
			}
			return matches[0]
		}
		r := retrieval.NewFused(store, likeProgram{})
		if c.Untrained && !withoutTrained(r) {
			t.Errorf("%s: nothing was taken away", name)
		}
		without := retrieval.NewFused(store, likeProgram{})
		without.UseHead(nil)
		without.UseDanger(nil)
		got, bare := ranked(r), ranked(without)
		if has := got.Parts.Weakness.Head != nil; has == untrained {
			t.Errorf("%s: the head has a say: %v", name, has)
		}
		if (got.Confidence == bare.Confidence) != untrained {
			t.Errorf("%s: confidence %v, without what was trained %v", name, got.Confidence, bare.Confidence)
		}
		if err := b.close(); err != nil {
			t.Fatal(err)
		}
	}
	if withoutTrained(retrieval.NewBM25(nil, retrieval.BM25Options{})) {
		t.Error("bm25 has nothing that was trained")
	}
}

// A store with the same examples is another codebase: over it, what was trained has its say,
// so that neither prompts nor retrievers may be taken from one for the other.
func TestHeldOutDigest(t *testing.T) {
	b := &evalBench{dir: t.TempDir()}
	c, err := b.Codebase(t.Context(), eval.CodebaseSpec{Name: starterHeldOut})
	if err != nil {
		t.Fatal(err)
	}
	examples, err := heldOutStarter()
	if err != nil {
		t.Fatal(err)
	}
	if c.Digest == examplesDigest(examples) || c.Examples != len(examples) {
		t.Errorf("digest %s of %d examples", c.Digest, c.Examples)
	}
	all := mustStarter(t)
	if len(examples) == 0 || len(examples) == len(all) || slices.ContainsFunc(examples, func(e codebase.Example) bool { return len(e.CWEs) == 0 }) {
		t.Errorf("%d of %d examples are left", len(examples), len(all))
	}
}
