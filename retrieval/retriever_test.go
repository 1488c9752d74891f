package retrieval_test

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// The tests in this file hold for every retriever.

func all(store codebase.Store) map[retrieval.Name]retrieval.Retriever {
	return map[retrieval.Name]retrieval.Retriever{
		retrieval.NameRandom: retrieval.NewRandom(store),
		retrieval.NameBM25:   retrieval.NewBM25(store, retrieval.BM25Options{}),
		retrieval.NameDense:  retrieval.NewDense(store, bagOfWords{64}),
		retrieval.NameFused:  retrieval.NewFused(store, bagOfWords{64}),
	}
}

func TestResultProperties(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	store := mustStore(t, randomCorpus(source, 120)...)
	for name, r := range all(store) {
		t.Run(string(name), func(t *testing.T) {
			for i := range 60 {
				query := retrieval.Query{Text: randomCode(source, source.IntN(30)), Seed: uint64(i)}
				query.Language = []lang.Language{"", lang.Python, lang.C, lang.CPP, lang.TypeScript, lang.Java, "no such"}[i%7]
				k := []int{-1, 0, 1, 3, 1000}[i%5]
				matches := mustRetrieve(t, r, query, k)
				if len(matches) > max(k, 0) {
					t.Errorf("query %d: %d matches, more than %d", i, len(matches), k)
				}
				if !slices.IsSortedFunc(matches, func(a, b retrieval.Match) int {
					if a.Score != b.Score || name == retrieval.NameRandom {
						return int(max(-1, min(1, 1e9*(b.Score-a.Score))))
					}
					return strings.Compare(a.Example.ID, b.Example.ID)
				}) {
					t.Errorf("query %d: matches are not sorted by score and id", i)
				}
				seen := make(map[string]bool)
				for _, m := range matches {
					if query.Language != "" && !query.Language.Compatible(m.Example.Language) {
						t.Errorf("query %d: an example in %s cannot serve %s", i, m.Example.Language, query.Language)
					}
					if m.Why == "" || strings.Contains(m.Why, "\n") {
						t.Errorf("query %d: why is %q, not one line", i, m.Why)
					}
					if seen[m.Example.ID] || m.Example.Code == "" {
						t.Errorf("query %d: example %s is there twice or not whole", i, m.Example.ID)
					}
					seen[m.Example.ID] = true
				}
				if again := mustRetrieve(t, r, query, k); !slices.EqualFunc(matches, again, sameMatch) {
					t.Errorf("query %d: two results of one query differ", i)
				}
			}
		})
	}
}

func sameMatch(a, b retrieval.Match) bool {
	return a.Example.ID == b.Example.ID && a.Score == b.Score && a.Why == b.Why
}

// TestAwkwardQueries asks what no index helps with, of few examples and of so many that there are
// indexes.
func TestAwkwardQueries(t *testing.T) {
	binary := make([]byte, 1<<20)
	source := rand.NewChaCha8([32]byte{1})
	_, _ = source.Read(binary) // it never fails
	queries := map[string]string{
		"empty":            "",
		"space":            " \n\t\n",
		"binary":           string(binary),
		"1 MB of code":     strings.Repeat("def user(cursor, name):\n    pass\n", 1<<20/33),
		"1 MB in one line": strings.Repeat("cursor.", 1<<20/7),
		"1 MB in one word": strings.Repeat("é", 1<<19),
		"many words":       manyWords(150_000),
		"unclosed":         "\"\"\" /* ' \\",
	}
	for size, retrievers := range map[string]map[retrieval.Name]retrieval.Retriever{
		"few":     all(mustStore(t, fewExamples()...)),
		"indexed": mustHostile(t, bagOfWords{64}),
	} {
		for name, r := range retrievers {
			for kind, text := range queries {
				for _, language := range []lang.Language{"", lang.Python, lang.CPP} {
					t.Run(size+"/"+string(name)+"/"+kind+"/"+string(language), func(t *testing.T) {
						query := retrieval.Query{Text: text, Language: language}
						checkMatches(t, name, query, mustRetrieve(t, r, query, 3), 3)
						if chooser, ok := r.(retrieval.Chooser); ok {
							checkChosen(t, name, query, mustChoose(t, chooser, query, 3, 0), 3)
						}
					})
				}
			}
		}
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("w" + strconv.Itoa(i) + " ")
	}
	return b.String()
}

func TestEmptyStore(t *testing.T) {
	store := mustStore(t)
	for name, r := range all(store) {
		t.Run(string(name), func(t *testing.T) {
			if matches := mustRetrieve(t, r, retrieval.Query{Text: "cursor"}, 3); len(matches) != 0 {
				t.Errorf("got %d matches of an empty store", len(matches))
			}
		})
	}
}

func TestFollowsTheStore(t *testing.T) {
	examples := fewExamples()
	store := mustStore(t, examples[0])
	query := retrieval.Query{Text: "cursor name path", Language: lang.Python}
	for name, r := range all(store) {
		t.Run(string(name), func(t *testing.T) {
			if n := len(mustRetrieve(t, r, query, 9)); n != 1 {
				t.Fatalf("%d matches at first, want 1", n)
			}
			mustAdd(t, store, examples[1:]...)
			if n := len(mustRetrieve(t, r, query, 9)); n != 3 {
				t.Errorf("%d matches after more were added, want 3", n)
			}
			for _, e := range examples[1:] {
				if _, err := store.Remove(context.Background(), e.ID); err != nil {
					t.Fatal(err)
				}
			}
			if n := len(mustRetrieve(t, r, query, 9)); n != 1 {
				t.Errorf("%d matches after they were removed, want 1", n)
			}
		})
	}
}

// vectorsOnly is a store that cannot tell its revision.
type vectorsOnly struct {
	codebase.Store
	codebase.VectorStore
}

func TestRemovedBehindTheRetriever(t *testing.T) {
	examples := fewExamples()
	store := mustStore(t, examples...)
	query := retrieval.Query{Text: "cursor name path", Language: lang.Python}
	for name, r := range all(vectorsOnly{store, store}) {
		t.Run(string(name), func(t *testing.T) {
			if n := len(mustRetrieve(t, r, query, 3)); n != 3 {
				t.Fatalf("%d matches at first, want 3", n)
			}
			if _, err := store.Remove(context.Background(), examples[0].ID); err != nil {
				t.Fatal(err)
			}
			defer mustAdd(t, store, examples[0])
			for _, match := range mustRetrieve(t, r, query, 2) {
				if match.Example.ID == examples[0].ID {
					t.Error("a removed example was returned")
				}
			}
			if n := len(mustRetrieve(t, r, query, 2)); n != 2 {
				t.Errorf("%d matches, want 2: the next should take the place of a removed one", n)
			}
		})
	}
}

func TestConcurrentRetrieve(t *testing.T) {
	source := rand.New(rand.NewPCG(3, 4))
	examples := randomCorpus(source, 60)
	store := mustStore(t, examples[:10]...)
	retrievers := all(store)
	var group sync.WaitGroup
	for _, r := range retrievers {
		for i := range 3 {
			group.Go(func() {
				for n := range 15 {
					query := retrieval.Query{Text: "name1 name2 name3", Seed: uint64(i + n)}
					if _, err := r.Retrieve(context.Background(), query, 5); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	group.Go(func() {
		for i := 10; i < len(examples); i += 5 {
			mustAdd(t, store, examples[i:i+5]...)
			if _, err := store.Remove(context.Background(), examples[i-1].ID); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	for name, r := range retrievers {
		if n := len(mustRetrieve(t, r, retrieval.Query{Text: "name0 name1 name2 name3 " + examples[30].Title}, 100)); name != retrieval.NameBM25 && n != 50 {
			t.Errorf("%s finds %d of 50 examples in the end", name, n)
		}
	}
}

func TestCancelled(t *testing.T) {
	store := mustStore(t, fewExamples()...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, r := range all(store) {
		for _, state := range []string{"before the index is built", "after"} {
			t.Run(string(name)+" "+state, func(t *testing.T) {
				if _, err := r.Retrieve(ctx, retrieval.Query{Text: "cursor"}, 3); !errors.Is(err, context.Canceled) {
					t.Errorf("got error %v, want context.Canceled", err)
				}
			})
			mustRetrieve(t, r, retrieval.Query{Text: "cursor"}, 3)
		}
	}
}

// failing is a store whose file has become unreadable half-way.
type failing struct{ *revisionStore }

var errDisk = errors.New("bad sector")

func (s failing) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for e, err := range s.revisionStore.Examples(ctx, filter) {
			if !yield(e, err) {
				return
			}
			yield(codebase.Example{}, errDisk)
			return
		}
	}
}

func (s failing) Labels(ctx context.Context) iter.Seq2[codebase.Label, error] {
	return func(yield func(codebase.Label, error) bool) {
		for label, err := range s.revisionStore.Labels(ctx) {
			if yield(label, err) {
				yield(codebase.Label{}, errDisk)
			}
			return
		}
	}
}

func TestStoreFails(t *testing.T) {
	for name, r := range all(failing{mustStore(t, fewExamples()...)}) {
		t.Run(string(name), func(t *testing.T) {
			for range 2 { // the second time too: no half index may be kept
				if matches, err := r.Retrieve(context.Background(), retrieval.Query{Text: "cursor"}, 3); !errors.Is(err, errDisk) || matches != nil {
					t.Errorf("got %d matches and error %v, want the store's error", len(matches), err)
				}
			}
		})
	}
}

// TestCancelledWhileWaiting gives up a wait for an index that another query builds.
func TestCancelledWhileWaiting(t *testing.T) {
	store := mustStore(t, fewExamples()...)
	started, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	slow := bagOfWords{64}
	r := retrieval.NewDense(store, embedderFunc{slow, func(ctx context.Context, texts []string) ([][]float32, error) {
		once.Do(func() { close(started) })
		<-release
		return slow.Embed(ctx, texts)
	}})
	var group sync.WaitGroup
	group.Go(func() {
		if n := len(mustRetrieve(t, r, retrieval.Query{Text: "cursor"}, 3)); n != 3 {
			t.Errorf("the query that built the index has %d matches", n)
		}
	})
	<-started
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Retrieve(ctx, retrieval.Query{Text: "cursor"}, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
	close(release)
	group.Wait()
}
