package retrieval_test

import (
	"context"
	"iter"
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

// codeCounter counts the examples whose code is read.
type codeCounter struct {
	*sqlite.Store
	all int
}

func (s *codeCounter) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	s.all++
	return s.Store.Examples(ctx, filter)
}

// mustWords opens a store as another process would, with a BM25 that keeps its index in a file.
func mustWords(t *testing.T, path string, notices *[]string) (*codeCounter, *retrieval.BM25) {
	t.Helper()
	store := &codeCounter{Store: mustOpen(t, path).Store}
	r := retrieval.NewBM25(store, retrieval.BM25Options{})
	r.SetWordsInFile(100)
	r.OnNotice(func(text string) { *notices = append(*notices, text) })
	return store, r
}

// likeFresh compares with an index that is made of the store's examples as they are: every
// match, score and reason is the same.
func likeFresh(t *testing.T, store *codeCounter, r retrieval.Retriever) {
	t.Helper()
	fresh := retrieval.NewBM25(plainStore{store.Store}, retrieval.BM25Options{})
	source := rand.New(rand.NewPCG(61, 62))
	for i := range 8 {
		query := retrieval.Query{Text: randomCode(source, 12), Language: []lang.Language{"", lang.Python, lang.CPP, lang.TypeScript}[i%4]}
		if got, want := mustRetrieve(t, r, query, 20), mustRetrieve(t, fresh, query, 20); !slices.EqualFunc(got, want, sameMatch) {
			t.Fatalf("query %d has other matches than with an index made anew", i)
		}
	}
}

// TestWordsLikeFresh follows a store through its changes, with an index of words that lives on from
// process to process.
func TestWordsLikeFresh(t *testing.T) {
	examples := randomCorpus(rand.New(rand.NewPCG(63, 64)), 620)
	path := filepath.Join(t.TempDir(), "codebase.db")
	var notices []string
	store, r := mustWords(t, path, &notices)
	mustAdd(t, store, examples[:600]...)
	likeFresh(t, store, r)

	// readBy is how often another process reads the code of all examples.
	readBy := func(t *testing.T) int {
		again, other := mustWords(t, path, &notices)
		mustRetrieve(t, other, retrieval.Query{Text: "name1"}, 3)
		read := again.all
		likeFresh(t, again, other)
		return read
	}
	t.Run("another process", func(t *testing.T) {
		if n := readBy(t); n != 0 {
			t.Errorf("it read all code %d times", n)
		}
	})
	t.Run("a few changes", func(t *testing.T) {
		before := store.all
		mustAdd(t, store, examples[600])
		if _, err := store.Remove(t.Context(), examples[5].ID); err != nil {
			t.Fatal(err)
		}
		likeFresh(t, store, r)
		if n := readBy(t); n != 0 || store.all != before {
			t.Errorf("the code of all was read %d times, and by another process %d times", store.all-before, n)
		}
	})
	t.Run("another title", func(t *testing.T) {
		e := examples[7]
		if _, err := store.Remove(t.Context(), e.ID); err != nil {
			t.Fatal(err)
		}
		e.Title = "The zebra"
		mustAdd(t, store, e)
		likeFresh(t, store, r)
		if got := mustRetrieve(t, r, retrieval.Query{Text: "zebra"}, 2); len(got) != 1 || got[0].Example.ID != e.ID {
			t.Errorf("%d examples have the new title's word", len(got))
		}
	})
	t.Run("many changes", func(t *testing.T) {
		mustAdd(t, store, examples[601:]...)
		likeFresh(t, store, r)
		if n := readBy(t); n != 0 {
			t.Errorf("another process read all code %d times", n)
		}
	})
	t.Run("most are gone", func(t *testing.T) {
		var gone []string
		for _, e := range examples[:450] {
			gone = append(gone, e.ID)
		}
		if _, err := store.Remove(t.Context(), gone...); err != nil {
			t.Fatal(err)
		}
		likeFresh(t, store, r)
	})
	t.Run("few need no file", func(t *testing.T) {
		few, r := mustWords(t, filepath.Join(t.TempDir(), "few.db"), &notices)
		mustAdd(t, few, examples[:100]...)
		likeFresh(t, few, r)
		if _, err := os.Stat(few.IndexPath("words")); err == nil {
			t.Error("there is a file")
		}
	})
	if len(notices) > 0 {
		t.Errorf("notices: %q", notices)
	}
}

// TestWordsDamaged has the file made anew, and says so.
func TestWordsDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	var notices []string
	store, r := mustWords(t, path, &notices)
	mustAdd(t, store, randomCorpus(rand.New(rand.NewPCG(65, 66)), 200)...)
	likeFresh(t, store, r)
	file := store.IndexPath("words")
	whole := mustRead(t, file)
	changed := slices.Clone(whole)
	changed[len(changed)/2] ^= 4
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"cut off": {whole[:len(whole)-1000], "cut off"},
		"changed": {changed, "checksum"},
		"other":   {[]byte("not an index"), "does not begin"},
		"version": {[]byte(strings.Replace(string(whole), "words 1\n", "words 9\n", 1)), "another version"},
		"empty":   {nil, "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			notices = nil
			// A file in use is replaced and never written into.
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, test.data, 0o600); err != nil {
				t.Fatal(err)
			}
			again, other := mustWords(t, path, &notices)
			likeFresh(t, again, other)
			if len(notices) != 1 || !strings.Contains(notices[0], test.want) || !strings.Contains(notices[0], file) || !strings.HasSuffix(notices[0], "made anew") {
				t.Errorf("notices %q, want one with %q", notices, test.want)
			}
			if !slices.Equal(mustRead(t, file)[:20], whole[:20]) {
				t.Error("the file was not written again")
			}
		})
	}
	t.Run("no place for it", func(t *testing.T) {
		notices = nil
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(file, 0o755); err != nil {
			t.Fatal(err)
		}
		again, other := mustWords(t, path, &notices)
		likeFresh(t, again, other)
		if len(notices) != 2 || !strings.Contains(notices[1], "each time") {
			t.Errorf("notices %q, want two: it cannot be read, and not be written", notices)
		}
	})
	t.Run("a copy in the store's place", func(t *testing.T) {
		notices = nil
		otherPath := filepath.Join(t.TempDir(), "other.db")
		other, r := mustWords(t, otherPath, &notices)
		mustAdd(t, other, randomCorpus(rand.New(rand.NewPCG(67, 68)), 200)...)
		if err := os.WriteFile(other.IndexPath("words"), whole, 0o600); err != nil {
			t.Fatal(err)
		}
		likeFresh(t, other, r)
		if len(notices) > 0 {
			t.Errorf("notices: %q", notices)
		}
	})
}

// TestWordsConcurrent searches by two processes while examples come and go.
func TestWordsConcurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codebase.db")
	examples := randomCorpus(rand.New(rand.NewPCG(69, 70)), 260)
	var notices []string
	store, r := mustWords(t, path, &notices)
	mustAdd(t, store, examples[:200]...)
	other, again := mustWords(t, path, &notices)
	var group sync.WaitGroup
	for i, r := range []retrieval.Retriever{r, r, again} {
		group.Go(func() {
			for n := range 12 {
				e := examples[(31*i+n)%150]
				if got := mustRetrieve(t, r, retrieval.Query{Text: e.Code}, 2); len(got) != 2 || got[0].Example.ID != e.ID {
					t.Errorf("an example that stays is not found: %d matches", len(got))
				}
			}
		})
	}
	group.Go(func() {
		for i := 200; i < len(examples); i += 10 {
			mustAdd(t, store, examples[i:i+10]...)
			if _, err := other.Remove(context.Background(), examples[i].ID, examples[i-40].ID); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	likeFresh(t, store, r)
	likeFresh(t, other, again)
	if len(notices) > 0 {
		t.Errorf("notices: %q", notices)
	}
}
