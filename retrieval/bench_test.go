package retrieval_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

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
