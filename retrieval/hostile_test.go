package retrieval_test

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// cached is a store that reads an example once: what is tested is not the database.
type cached struct {
	*readCounter
	mu       sync.Mutex
	examples map[string]codebase.Example
}

func (s *cached) Get(ctx context.Context, id string) (codebase.Example, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, known := s.examples[id]; known {
		return e, nil
	}
	e, err := s.readCounter.Get(ctx, id)
	if err == nil {
		s.examples[id] = e
	}
	return e, err
}

// mustHostile makes retrievers that use both indexes from their files.
func mustHostile(t testing.TB, embedder retrieval.Embedder) map[retrieval.Name]retrieval.Retriever {
	t.Helper()
	store := &cached{readCounter: mustOpen(t, filepath.Join(t.TempDir(), "codebase.db")), examples: make(map[string]codebase.Example)}
	examples := randomCorpus(rand.New(rand.NewPCG(71, 72)), 150)
	for i := range examples {
		examples[i].CWEs = [][]codebase.CWE{{89}, {79, 89}, {22}, nil}[i%4]
	}
	mustAdd(t, store, examples...)
	mustEnsure(t, store, bagOfWords{64})
	bm25, dense, fused := retrieval.NewBM25(store, retrieval.BM25Options{}), retrieval.NewDense(store, embedder), retrieval.NewFused(store, embedder)
	bm25.SetWordsInFile(indexedFrom)
	dense.SetExactUpTo(indexedFrom)
	fused.SetExactUpTo(indexedFrom)
	all := map[retrieval.Name]retrieval.Retriever{retrieval.NameBM25: bm25, retrieval.NameDense: dense, retrieval.NameFused: fused}
	for _, r := range all {
		mustRetrieve(t, r, retrieval.Query{Text: "name1", Language: lang.Python}, 1)
	}
	return all
}

// checkMatches wants what every query may rely on.
func checkMatches(t testing.TB, name retrieval.Name, query retrieval.Query, matches []retrieval.Match, k int) {
	t.Helper()
	checkChosen(t, name, query, matches, k)
	for i := range matches {
		if i > 0 && matches[i].Score > matches[i-1].Score {
			t.Fatalf("%s: match %d has the score %v, and the one before it %v, of %.200q", name, i, matches[i].Score, matches[i-1].Score, query.Text)
		}
	}
}

// checkChosen wants so of matches that are in an order of their own.
func checkChosen(t testing.TB, name retrieval.Name, query retrieval.Query, matches []retrieval.Match, k int) {
	t.Helper()
	if len(matches) > k {
		t.Fatalf("%s: %d matches where %d were wanted, of %.200q", name, len(matches), k, query.Text)
	}
	seen := make(map[string]bool)
	for i, m := range matches {
		if math.IsNaN(m.Score) || math.IsInf(m.Score, 0) || len(m.Why) > 1000 {
			t.Fatalf("%s: match %d has the score %v and a reason of %d bytes, of %.200q", name, i, m.Score, len(m.Why), query.Text)
		}
		if !(m.Confidence >= 0 && m.Confidence <= 1) {
			t.Fatalf("%s: match %d has the confidence %v, of %.200q", name, i, m.Confidence, query.Text)
		}
		if seen[m.Example.ID] {
			t.Fatalf("%s: match %d is there twice, of %.200q", name, i, query.Text)
		}
		seen[m.Example.ID] = true
		if query.Language != "" && !query.Language.Compatible(m.Example.Language) {
			t.Fatalf("%s: %s for a query in %s", name, m.Example.Language, query.Language)
		}
	}
}

// hostileVector makes a vector of bytes: mostly of length 1, sometimes one that no embedder
// should make.
func hostileVector(data []byte, dims int) []float32 {
	vector := make([]float32, dims)
	squares := 0.0
	for i := range vector {
		if len(data) > 0 {
			vector[i] = float32(int8(data[i%len(data)])) + float32(i%7)
		}
		squares += float64(vector[i]) * float64(vector[i])
	}
	for i := range vector {
		vector[i] /= float32(math.Sqrt(max(squares, 1e-9)))
	}
	if len(data) < 3 {
		return vector
	}
	switch at := int(data[1]) % dims; data[0] % 16 {
	case 0:
		clear(vector)
	case 1:
		vector[at] = float32(math.NaN())
	case 2:
		vector[at] = float32(math.Inf(1 - 2*int(data[2]%2)))
	case 3:
		vector[at] = math.Float32frombits(binary.LittleEndian.Uint32(append(data[:3:3], data[0])))
	case 4:
		vector = vector[:at]
	}
	return vector
}

// usable says whether a vector is one that the query of a bagOfWords{64} may have.
func usable(vector []float32) bool {
	squares := 0.0
	for _, v := range vector {
		squares += float64(v) * float64(v)
	}
	return len(vector) == 64 && (squares == 0 || math.Abs(math.Sqrt(squares)-1) <= 0.01)
}

// hostile are retrievers whose queries' vectors are made of the queries' bytes; ask has each
// answer one.
func hostile(t testing.TB) (ask func(t testing.TB, query retrieval.Query, k int)) {
	bag, ready := bagOfWords{64}, false
	all := mustHostile(t, embedderFunc{bag, func(ctx context.Context, texts []string) ([][]float32, error) {
		if !ready || len(texts) != 1 {
			return bag.Embed(ctx, texts)
		}
		return [][]float32{hostileVector([]byte(texts[0]), bag.dims)}, nil
	}})
	ready = true
	return func(t testing.TB, query retrieval.Query, k int) {
		for name, r := range all {
			wantsQuery := func(err error) {
				if err != nil && (!name.Embeds() || !strings.Contains(err.Error(), "the query")) {
					t.Fatalf("%s: %v, of %.200q", name, err, query.Text)
				}
			}
			matches, err := r.Retrieve(context.Background(), query, k)
			wantsQuery(err)
			checkMatches(t, name, query, matches, k)
			if chooser, ok := r.(retrieval.Chooser); ok {
				// A half of the queries want the retriever to be sure, the others take what there is.
				chosen, err := chooser.Choose(context.Background(), query, k, float64(len(query.Text)%2)/2)
				wantsQuery(err)
				checkChosen(t, name, query, chosen, k)
			}
		}
	}
}

// TestHostileQueries asks 10,000 queries of all sorts: code, cut and mixed up, bytes, long ones,
// and ones whose vectors are none.
func TestHostileQueries(t *testing.T) {
	if usable(hostileVector([]byte{1, 2, 3}, 64)) || !usable(hostileVector([]byte("name"), 64)) {
		t.Fatal("the vectors are not those that this test is about")
	}
	ask := hostile(t)
	source := rand.New(rand.NewPCG(73, 74))
	languages := append(lang.All(), "", "klingon")
	for i := range 10_000 {
		text := []byte(randomCode(source, source.IntN(12)))
		switch i % 5 {
		case 0:
			for range 1 + len(text)/4 {
				text = append(text, byte(source.IntN(256)))
			}
		case 1:
			text = text[:source.IntN(len(text)+1)]
		case 2:
			for j := range text {
				if source.IntN(8) == 0 {
					text[j] = "\"'`/*#\\\n\x00\xff{}()"[source.IntN(14)]
				}
			}
		case 3:
			if i%500 == 3 {
				text = []byte(strings.Repeat(string(text)+"?", 1+(64<<10)/(len(text)+1)))
			}
		}
		ask(t, retrieval.Query{Text: string(text), Language: languages[i%len(languages)]}, i%4)
	}
}

// FuzzRetrieve does so for as long as one likes.
func FuzzRetrieve(f *testing.F) {
	f.Add("", uint8(0), uint8(1))
	f.Add("def user(cursor, name):\n    cursor.execute(", uint8(1), uint8(3))
	f.Add("\x01\x02\x03", uint8(9), uint8(0))
	f.Add(strings.Repeat("é", 600), uint8(2), uint8(200))
	ask := hostile(f)
	languages := append(lang.All(), "", "klingon")
	f.Fuzz(func(t *testing.T, text string, language, k uint8) {
		ask(t, retrieval.Query{Text: text, Language: languages[int(language)%len(languages)]}, int(k))
	})
}

// TestEmbedderFailsHalfWay keeps what was made before, says what failed, and goes on from there.
func TestEmbedderFailsHalfWay(t *testing.T) {
	bag, broken := bagOfWords{64}, errors.New("out of memory")
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	examples := randomCorpus(rand.New(rand.NewPCG(75, 76)), 150)
	mustAdd(t, store, examples...)
	texts := 0
	flaky := embedderFunc{bag, func(ctx context.Context, some []string) ([][]float32, error) {
		if texts += len(some); texts > 70 {
			return nil, broken
		}
		return bag.Embed(ctx, some)
	}}
	var notices []string
	r := mustIndexed(store, flaky, &notices)
	query := retrieval.Query{Text: examples[3].Code}
	for range 2 { // the second time too: no half index may be kept
		matches, err := r.Retrieve(t.Context(), query, 1)
		if !errors.Is(err, broken) || matches != nil || !strings.Contains(err.Error(), bag.ID()) || !strings.Contains(err.Error(), "the first ") {
			t.Fatalf("%d matches and error %v, want one that names the embedder and the example", len(matches), err)
		}
	}
	left, err := store.WithoutVector(t.Context(), bag.ID())
	if err != nil || len(left) == len(examples) || len(left) == 0 {
		t.Fatalf("%d of %d examples are without a vector, %v: want some", len(left), len(examples), err)
	}
	texts = -1000
	if got := mustRetrieve(t, r, query, 1); got[0].Example.ID != examples[3].ID {
		t.Error("the example is not found in the end")
	}
	if made := texts + 1000 - 1; made != len(left) {
		t.Errorf("%d texts were embedded beside the query, want the %d that were left", made, len(left))
	}
	if len(notices) > 0 {
		t.Errorf("notices: %q", notices)
	}
}
