package retrieval_test

import (
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func ids(matches []retrieval.Match) []string {
	var ids []string
	for _, m := range matches {
		ids = append(ids, m.Example.ID)
	}
	return ids
}

func TestRandomIsRepeatable(t *testing.T) {
	examples := fewExamples()
	forward := retrieval.NewRandom(mustStore(t, examples...))
	backward := mustStore(t)
	for _, e := range slices.Backward(examples) {
		mustAdd(t, backward, e)
	}
	draws := make(map[string]bool)
	for seed := range uint64(50) {
		query := retrieval.Query{Text: "not read", Seed: seed}
		draw := ids(mustRetrieve(t, forward, query, 3))
		if other := ids(mustRetrieve(t, retrieval.NewRandom(backward), query, 3)); !slices.Equal(draw, other) {
			t.Fatalf("seed %d: the draw depends on the order of insertion", seed)
		}
		if shorter := ids(mustRetrieve(t, forward, query, 2)); !slices.Equal(draw[:2], shorter) {
			t.Errorf("seed %d: 2 examples are not the first 2 of 3", seed)
		}
		draws[draw[0]] = true
	}
	if len(draws) != len(examples) {
		t.Errorf("50 seeds drew %d of %d examples first", len(draws), len(examples))
	}
}

func TestRandomIsUniform(t *testing.T) {
	var examples []codebase.Example
	for _, e := range fewExamples() {
		if e.Language == lang.Python {
			examples = append(examples, e)
		}
	}
	r := retrieval.NewRandom(mustStore(t, fewExamples()...))
	const draws = 600
	count := make(map[string]int)
	for seed := range uint64(draws) {
		for _, id := range ids(mustRetrieve(t, r, retrieval.Query{Language: lang.Python, Seed: seed}, 1)) {
			count[id]++
		}
	}
	for _, e := range examples {
		// 200 are expected; 5 standard deviations are 58.
		if n := count[e.ID]; n < 142 || n > 258 {
			t.Errorf("%q was drawn %d times of %d, want about a third", e.Title, n, draws)
		}
	}
}
