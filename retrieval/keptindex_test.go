package retrieval_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// An indexed retriever uses an index beyond so many examples.
const indexedFrom = 100

// mustIndexed makes a Dense that uses an index; notices gets what it says.
func mustIndexed(store codebase.Store, embedder retrieval.Embedder, notices *[]string) *retrieval.Dense {
	r := retrieval.NewDense(store, embedder)
	r.SetExactUpTo(indexedFrom)
	r.OnNotice(func(text string) { *notices = append(*notices, text) })
	return r
}

// readCounter counts the vectors that are read, and how often all labels are, and what matches a filter.
type readCounter struct {
	*sqlite.Store
	all, some, labels, listed int
}

func (s *readCounter) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	s.listed++
	return s.Store.Examples(ctx, filter)
}

func (s *readCounter) IDs(ctx context.Context, filter codebase.Filter) iter.Seq2[string, error] {
	s.listed++
	return s.Store.IDs(ctx, filter)
}

func (s *readCounter) Labels(ctx context.Context) iter.Seq2[codebase.Label, error] {
	s.labels++
	return s.Store.Labels(ctx)
}

func (s *readCounter) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	s.all++
	return s.Store.Vectors(ctx, embedder, filter)
}

func (s *readCounter) VectorsOf(ctx context.Context, embedder string, ids []string) ([]codebase.Vector, error) {
	s.some += len(ids)
	return s.Store.VectorsOf(ctx, embedder, ids)
}

func mustOpen(t testing.TB, path string) *readCounter {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return &readCounter{Store: store}
}

// sameMatches wants the same examples, but for those whose scores are as good as equal.
func sameMatches(t *testing.T, got, want []retrieval.Match) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d matches, want %d", len(got), len(want))
	}
	for i := range got {
		if math.Abs(got[i].Score-want[i].Score) > 1e-3 {
			t.Errorf("match %d is %.12s with %v, want %.12s with %v", i, got[i].Example.ID, got[i].Score, want[i].Example.ID, want[i].Score)
		}
	}
}

// TestIndexLikeExact follows a store through its changes, with an index that lives on
// from retriever to retriever, and compares with the exact ranking each time.
func TestIndexLikeExact(t *testing.T) {
	source := rand.New(rand.NewPCG(41, 42))
	examples := randomCorpus(source, 620)
	path := filepath.Join(t.TempDir(), "codebase.db")
	bag := bagOfWords{64}
	var notices []string
	agrees := func(t *testing.T, store codebase.Store, r retrieval.Retriever) {
		t.Helper()
		exact := retrieval.NewDense(store, bag)
		for i := range 8 {
			query := retrieval.Query{Text: randomCode(source, 20), Language: []lang.Language{"", lang.Python, lang.CPP, lang.TypeScript}[i%4]}
			sameMatches(t, mustRetrieve(t, r, query, 7), mustRetrieve(t, exact, query, 7))
		}
	}
	store := mustOpen(t, path)
	mustAdd(t, store, examples[:600]...)
	r := mustIndexed(store, bag, &notices)
	agrees(t, store, r)

	t.Run("another process reads the file alone", func(t *testing.T) {
		again := mustOpen(t, path)
		fresh := mustIndexed(again, bag, &notices)
		mustRetrieve(t, fresh, retrieval.Query{Text: "name1"}, 3)
		if again.all+again.some > 0 {
			t.Errorf("it read all vectors %d times, and %d vectors", again.all, again.some)
		}
		agrees(t, again, fresh)
	})
	t.Run("a few changes are looked up, and the next process need not", func(t *testing.T) {
		mustAdd(t, store, examples[600])
		if _, err := store.Remove(t.Context(), examples[5].ID); err != nil {
			t.Fatal(err)
		}
		before := store.all
		agrees(t, store, r)
		// The exact retriever that it is compared with reads all once.
		if got := mustRetrieve(t, r, retrieval.Query{Text: examples[600].Code}, 1); got[0].Example.ID != examples[600].ID || store.all > before+1 {
			t.Errorf("an example that was added is not found, or all vectors were read %d times", store.all-before)
		}
		again := mustOpen(t, path)
		mustRetrieve(t, mustIndexed(again, bag, &notices), retrieval.Query{Text: "name1"}, 3)
		if again.all+again.some > 0 {
			t.Errorf("another process read all vectors %d times, and %d vectors", again.all, again.some)
		}
	})
	t.Run("many", func(t *testing.T) {
		mustAdd(t, store, examples[601:]...)
		agrees(t, store, r)
	})
	t.Run("a copy in the store's place", func(t *testing.T) {
		// Another store, with as many changes, lies where the index's own was.
		other := mustOpen(t, filepath.Join(t.TempDir(), "other.db"))
		others := randomCorpus(rand.New(rand.NewPCG(43, 44)), 621)
		mustAdd(t, other, others...)
		mustEnsure(t, other, bag)
		if err := os.Rename(store.IndexPath(bag.ID()), other.IndexPath(bag.ID())); err != nil {
			t.Fatal(err)
		}
		agrees(t, other, mustIndexed(other, bag, &notices))
	})
	t.Run("few examples need no index", func(t *testing.T) {
		few := mustOpen(t, filepath.Join(t.TempDir(), "few.db"))
		mustAdd(t, few, examples[:indexedFrom]...)
		agrees(t, few, mustIndexed(few, bag, &notices))
		if _, err := os.Stat(few.IndexPath(bag.ID())); err == nil {
			t.Error("there is a file")
		}
	})
	if len(notices) > 0 {
		t.Errorf("notices: %q", notices)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestIndexDamaged has the file made anew, and says so.
func TestIndexDamaged(t *testing.T) {
	bag := bagOfWords{64}
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	examples := randomCorpus(rand.New(rand.NewPCG(45, 46)), 200)
	mustAdd(t, store, examples...)
	var notices []string
	mustRetrieve(t, mustIndexed(store, bag, &notices), retrieval.Query{Text: "name1"}, 3)
	path := store.IndexPath(bag.ID())
	whole := mustRead(t, path)
	changed := slices.Clone(whole)
	changed[len(changed)/2] ^= 4
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"cut off":  {whole[:len(whole)-1000], "cut off"},
		"changed":  {changed, "checksum"},
		"other":    {[]byte("not an index"), "does not begin"},
		"of dims":  {[]byte(strings.Replace(string(whole), `"dims":64`, `"dims":63`, 1)), "(63 numbers)"},
		"of model": {[]byte(strings.Replace(string(whole), bag.ID(), "bag-of-words-65", 1)), "bag-of-words-65"},
	} {
		t.Run(name, func(t *testing.T) {
			notices = nil
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, test.data, 0o600); err != nil {
				t.Fatal(err)
			}
			got := mustRetrieve(t, mustIndexed(store, bag, &notices), retrieval.Query{Text: examples[7].Code}, 3)
			if len(got) != 3 || got[0].Example.ID != examples[7].ID {
				t.Errorf("got %d matches", len(got))
			}
			if len(notices) != 1 || !strings.Contains(notices[0], test.want) || !strings.Contains(notices[0], path) || !strings.HasSuffix(notices[0], "made anew") {
				t.Errorf("notices %q, want one with %q", notices, test.want)
			}
			notices = nil
			mustRetrieve(t, mustIndexed(store, bag, &notices), retrieval.Query{Text: "name1"}, 3)
			if len(notices) != 0 {
				t.Errorf("and again: %q", notices)
			}
		})
	}
	t.Run("no place for it", func(t *testing.T) {
		notices = nil
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if got := mustRetrieve(t, mustIndexed(store, bag, &notices), retrieval.Query{Text: examples[7].Code}, 3); got[0].Example.ID != examples[7].ID {
			t.Error("the example is not found")
		}
		if len(notices) != 2 || !strings.Contains(notices[1], "each time") {
			t.Errorf("notices %q, want two: it cannot be read, and not be written", notices)
		}
	})
}

// TestFusedWithIndex compares with the ranking over all examples: the same where the
// candidates are all, and a likely one where they are not.
func TestFusedWithIndex(t *testing.T) {
	bag := bagOfWords{64}
	for _, n := range []int{300, 2500} {
		store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
		examples := randomCorpus(rand.New(rand.NewPCG(47, 48)), n)
		for i := range examples {
			examples[i].CWEs = [][]codebase.CWE{{89}, {79, 89}, {22}, nil}[i%4]
		}
		mustAdd(t, store, examples...)
		indexed := retrieval.NewFused(store, bag)
		indexed.SetExactUpTo(indexedFrom)
		exact := retrieval.NewFused(store, bag)
		for i := range 6 {
			e := examples[i*17]
			query := retrieval.Query{Text: e.Code, Language: []lang.Language{e.Language, ""}[i%2]}
			got, want := mustRetrieve(t, indexed, query, 5), mustRetrieve(t, exact, query, 5)
			if got[0].Example.ID != want[0].Example.ID || len(got) != len(want) {
				t.Errorf("n = %d, query %d: %d matches, the first %.12s; want %d and %.12s", n, i, len(got), got[0].Example.ID, len(want), want[0].Example.ID)
			}
			for j := range min(len(got), len(want)) {
				if math.Abs(got[j].Score-want[j].Score) > 0.1*max(1, math.Abs(want[j].Score)) {
					t.Errorf("n = %d, query %d: match %d has the score %.3f, want %.3f", n, i, j, got[j].Score, want[j].Score)
				}
			}
		}
	}
}

// TestFusedReadsLabelsOnce has both indexes know of a change after one reading of the labels.
func TestFusedReadsLabelsOnce(t *testing.T) {
	bag := bagOfWords{64}
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	examples := randomCorpus(rand.New(rand.NewPCG(53, 54)), 304)
	mustAdd(t, store, examples[:300]...)
	r := retrieval.NewFused(store, bag)
	r.SetExactUpTo(indexedFrom)
	mustRetrieve(t, r, retrieval.Query{Text: "name1"}, 1)
	for i := 300; i < len(examples); i++ {
		mustAdd(t, store, examples[i])
		if _, err := store.Remove(t.Context(), examples[i-300].ID); err != nil {
			t.Fatal(err)
		}
		store.labels = 0
		query := retrieval.Query{Text: examples[i].Code, Language: examples[i].Language}
		got, again := mustRetrieve(t, r, query, 20), mustRetrieve(t, r, query, 20)
		if store.labels != 1 || got[0].Parts.BM25 == nil || !slices.EqualFunc(got, again, sameMatch) {
			t.Errorf("change %d: the labels were read %d times", i, store.labels)
		}
		fresh := retrieval.NewFused(store, bag) // without an index
		if want := mustRetrieve(t, fresh, query, 20); got[0].Example.ID != want[0].Example.ID {
			t.Errorf("change %d: %.12s is first, want %.12s", i, got[0].Example.ID, want[0].Example.ID)
		}
	}
}

// TestIndexConcurrent searches while examples come and go.
func TestIndexConcurrent(t *testing.T) {
	bag := bagOfWords{64}
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	examples := randomCorpus(rand.New(rand.NewPCG(49, 50)), 260)
	mustAdd(t, store, examples[:200]...)
	var notices []string
	r := mustIndexed(store, bag, &notices)
	var group sync.WaitGroup
	for searcher := range 3 {
		group.Go(func() {
			for i := range 12 {
				e := examples[(searcher*31+i)%150]
				if got := mustRetrieve(t, r, retrieval.Query{Text: e.Code}, 2); len(got) != 2 || got[0].Example.ID != e.ID {
					t.Errorf("an example that stays is not found: %d matches", len(got))
				}
			}
		})
	}
	group.Go(func() {
		for i := 200; i < len(examples); i += 10 {
			mustAdd(t, store, examples[i:i+10]...)
			if _, err := store.Remove(context.Background(), examples[i].ID, examples[i-40].ID); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	if len(notices) > 0 {
		t.Error(fmt.Sprint(notices))
	}
}
