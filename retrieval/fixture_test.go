package retrieval_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// revisionStore is a SQLite store that counts its changes.
type revisionStore struct {
	*sqlite.Store
	changes atomic.Int64
}

func (s *revisionStore) Revision(context.Context) (int64, error) { return s.changes.Load(), nil }

func (s *revisionStore) Add(ctx context.Context, examples ...codebase.Example) (int, error) {
	defer s.changes.Add(1)
	return s.Store.Add(ctx, examples...)
}

func (s *revisionStore) Remove(ctx context.Context, ids ...string) (int, error) {
	defer s.changes.Add(1)
	return s.Store.Remove(ctx, ids...)
}

func mustStore(t testing.TB, examples ...codebase.Example) *revisionStore {
	t.Helper()
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "codebase.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	counting := &revisionStore{Store: store}
	mustAdd(t, counting, examples...)
	return counting
}

func mustAdd(t testing.TB, store codebase.Store, examples ...codebase.Example) {
	t.Helper()
	if _, err := store.Add(context.Background(), examples...); err != nil {
		t.Fatal(err)
	}
}

func mustRetrieve(t testing.TB, r retrieval.Retriever, query retrieval.Query, k int) []retrieval.Match {
	t.Helper()
	matches, err := r.Retrieve(context.Background(), query, k)
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func example(language lang.Language, title, code string) codebase.Example {
	e := codebase.Example{
		Code: code, Language: language, Title: strings.Join(strings.Fields(title), " "), CWEs: []codebase.CWE{89},
		Source:     codebase.Source{Kind: "file", Licence: "MIT"},
		AdmittedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), AdmittedBy: "test",
	}
	e.ID = e.Hash()
	return e
}

// fewExamples are examples that a person can rank.
func fewExamples() []codebase.Example {
	return []codebase.Example{
		example(lang.Python, "Look up a user by name", "def user(cursor, name):\n    cursor.execute(QUERY, (name,))\n    return cursor.fetchone()\n"),
		example(lang.Python, "Run a program", "def run(path):\n    return subprocess.run([TOOL, path], check=True)\n"),
		example(lang.Python, "Open a file below a folder", "def read(root, path):\n    full = os.path.realpath(path)\n    return open(full).read()\n"),
		example(lang.C, "Copy a name", "void copy(char *to, size_t size, const char *name)\n{\n    snprintf(to, size, \"%s\", name);\n}\n"),
		example(lang.CPP, "Copy a vector", "std::vector<int> copy(const std::vector<int> &name)\n{\n    return name;\n}\n"),
		example(lang.JavaScript, "Look up a user", "function user(db, name) { return db.execute(QUERY, [name]) }\n"),
	}
}

// randomCorpus makes n different examples of words from a skewed vocabulary, so
// that some words are in most examples and some in one.
func randomCorpus(source *rand.Rand, n int) []codebase.Example {
	languages := []lang.Language{lang.Python, lang.C, lang.CPP, lang.JavaScript}
	examples := make([]codebase.Example, n)
	for i := range examples {
		language := languages[source.IntN(len(languages))]
		examples[i] = example(language, randomCode(source, 4), fmt.Sprintf("unique%d %s", i, randomCode(source, 5+source.IntN(60))))
	}
	return examples
}

func randomCode(source *rand.Rand, words int) string {
	var b strings.Builder
	for range words {
		fmt.Fprintf(&b, "name%d = ", int(300*math.Pow(source.Float64(), 3)))
		if source.IntN(6) == 0 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// bagOfWords embeds a text as the counts of its words, hashed to a number of
// dimensions and normalised: crude, but similar texts do come out near.
type bagOfWords struct{ dims int }

func (e bagOfWords) ID() string      { return fmt.Sprintf("bag-of-words-%d", e.dims) }
func (e bagOfWords) Dimensions() int { return e.dims }

func (e bagOfWords) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vector := make([]float32, e.dims)
		vector[0] = 1 // so that no text, an empty one either, has a zero vector
		for _, word := range strings.Fields(text) {
			hash := fnv.New32a()
			hash.Write([]byte(word))
			vector[hash.Sum32()%uint32(e.dims)]++
		}
		var sum float64
		for _, v := range vector {
			sum += float64(v) * float64(v)
		}
		for j := range vector {
			vector[j] /= float32(math.Sqrt(sum))
		}
		vectors[i] = vector
	}
	return vectors, nil
}

// embedderFunc is a bagOfWords whose Embed is replaced.
type embedderFunc struct {
	bagOfWords
	embed func(ctx context.Context, texts []string) ([][]float32, error)
}

func (e embedderFunc) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, texts)
}

// plainStore hides all optional abilities of a store.
type plainStore struct{ codebase.Store }
