package retrieval_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

var benchQuery = retrieval.Query{Text: "def user(name1, name2):\n    name3 = name40.name50(name60)\n    ", Language: ""}

func BenchmarkRetrieve(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		store := mustStore(b, randomCorpus(rand.New(rand.NewPCG(21, 22)), n)...)
		for name, r := range map[retrieval.Name]retrieval.Retriever{
			retrieval.NameBM25:  retrieval.NewBM25(store, retrieval.BM25Options{}),
			retrieval.NameDense: retrieval.NewDense(store, bagOfWords{384}),
			retrieval.NameFused: retrieval.NewFused(store, bagOfWords{384}),
		} {
			mustRetrieve(b, r, benchQuery, 1) // builds the index
			for _, language := range []lang.Language{"", lang.Python} {
				query := benchQuery
				query.Language = language
				b.Run(fmt.Sprintf("%s/examples=%d/language=%s", name, n, language), func(b *testing.B) {
					for b.Loop() {
						mustRetrieve(b, r, query, 5)
					}
				})
			}
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		store := mustStore(b, randomCorpus(rand.New(rand.NewPCG(23, 24)), n)...)
		mustEnsure(b, store, bagOfWords{384})
		b.Run(fmt.Sprintf("bm25/examples=%d", n), func(b *testing.B) {
			for b.Loop() {
				mustRetrieve(b, retrieval.NewBM25(store, retrieval.BM25Options{}), benchQuery, 1)
			}
		})
		b.Run(fmt.Sprintf("dense/examples=%d", n), func(b *testing.B) {
			for b.Loop() {
				mustRetrieve(b, retrieval.NewDense(store, bagOfWords{384}), benchQuery, 1)
			}
		})
	}
}

// BenchmarkDecision decides on the weakness of the most code that is read of a query, 64 KiB,
// between all weaknesses of the starter examples and with the program's head and danger.
func BenchmarkDecision(b *testing.B) {
	store, query := mustPython(b)
	decision, err := retrieval.NewFused(store, named{bagOfWords{384}}).Decision(b.Context(), query)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("whole", func(b *testing.B) {
		var weaknesses int
		for b.Loop() {
			n, headKnows, err := decision.Whole()
			if err != nil || !headKnows {
				b.Fatalf("the head knows something: %v, %v", headKnows, err)
			}
			weaknesses = n
		}
		b.ReportMetric(float64(weaknesses), "weaknesses")
	})
	for _, part := range []struct {
		name string
		run  func()
	}{{"head", decision.Head}, {"danger", decision.Danger}, {"groups", decision.Groups}} {
		b.Run(part.name, func(b *testing.B) {
			for b.Loop() {
				part.run()
			}
		})
	}
}

// mustPython makes a store of all starter examples, with their vectors and taken for Python, so
// that all can serve one query: the last 64 KiB of what Python there is of them.
func mustPython(t testing.TB) (codebase.Store, retrieval.Query) {
	t.Helper()
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	_, vectors, err := retrieval.ReadVectors(bytes.NewReader(corpus.Vectors()))
	if err != nil {
		t.Fatal(err)
	}
	of := make(map[string][]float32, len(vectors))
	for _, v := range vectors {
		of[v.ExampleID] = v.Values
	}
	values := make(map[string][]float32, len(examples))
	var code strings.Builder
	for i := range examples {
		e := &examples[i]
		if e.Language == lang.Python {
			code.WriteString(e.Code + "\n" + e.Insecure + "\n")
		}
		vector := of[e.ID]
		e.Language = lang.Python
		e.ID = e.Hash()
		values[e.ID] = vector
	}
	store := mustStore(t, examples...)
	if err := store.PutVectors(t.Context(), miniLM{}.ID(), values); err != nil {
		t.Fatal(err)
	}
	const most = 64 << 10
	text := code.String()
	if len(text) < most {
		t.Fatalf("the starter examples have %d bytes of Python, want %d", len(text), most)
	}
	return store, retrieval.Query{Text: text[len(text)-most:], Language: lang.Python}
}
