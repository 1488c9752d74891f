package retrieval_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func TestDense(t *testing.T) {
	r := retrieval.NewDense(mustStore(t, fewExamples()...), bagOfWords{256})
	query := retrieval.Query{Text: "def one(cursor, name):\n    return cursor.fetchone()\n", Language: lang.Python}
	matches := mustRetrieve(t, r, query, 3)
	if len(matches) != 3 || matches[0].Example.Title != "Look up a user by name" {
		t.Fatalf("got %d matches, want 3, the look-up first", len(matches))
	}
	if want := regexp.MustCompile(`^cosine 0\.\d\d; shares fetchone, `); !want.MatchString(matches[0].Why) {
		t.Errorf("why is %q, want the cosine and the longest shared words", matches[0].Why)
	}
}

// TestDenseBruteForce compares the ranking with cosines computed in float64.
func TestDenseBruteForce(t *testing.T) {
	source := rand.New(rand.NewPCG(7, 8))
	for _, dims := range []int{1, 7, 64} {
		embedder := bagOfWords{dims}
		examples := randomCorpus(source, 100)
		r := retrieval.NewDense(mustStore(t, examples...), embedder)
		for i := range 20 {
			query := retrieval.Query{Text: randomCode(source, source.IntN(30))}
			query.Language = []lang.Language{lang.Python, lang.CPP, lang.TypeScript, ""}[i%4]
			got := mustRetrieve(t, r, query, 10)
			cosines := make(map[string]float64)
			for _, e := range examples {
				if query.Language == "" || query.Language.Compatible(e.Language) {
					cosines[e.ID] = cosine(t, embedder, query.Text, e.Code)
				}
			}
			if len(got) != min(10, len(cosines)) {
				t.Fatalf("dims %d, query %d: %d matches of %d", dims, i, len(got), len(cosines))
			}
			for _, m := range got {
				if math.Abs(m.Score-cosines[m.Example.ID]) > 1e-5 {
					t.Errorf("dims %d, query %d: score %v, cosine %v", dims, i, m.Score, cosines[m.Example.ID])
				}
				delete(cosines, m.Example.ID)
			}
			for _, left := range cosines {
				if left > got[len(got)-1].Score+1e-5 {
					t.Errorf("dims %d, query %d: an example of cosine %v was left out", dims, i, left)
				}
			}
		}
	}
}

func cosine(t *testing.T, embedder retrieval.Embedder, x, y string) float64 {
	t.Helper()
	vectors, err := embedder.Embed(context.Background(), []string{x, y})
	if err != nil {
		t.Fatal(err)
	}
	var xy, xx, yy float64
	for i, a := range vectors[0] {
		a, b := float64(a), float64(vectors[1][i])
		xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
	}
	return xy / math.Sqrt(xx*yy)
}

// TestWindows looks at what reaches the embedder: a query's end and an example's start.
func TestWindows(t *testing.T) {
	long := "first line\n" + strings.Repeat("    some = code(here)\n", 2000) + "last = line("
	wide := "start " + strings.Repeat("é", 20_000) + " end"
	examples := []codebase.Example{example(lang.Python, "short", "x = 1"), example(lang.Python, "long", long), example(lang.Python, "wide", wide)}
	var seen []string
	bag := bagOfWords{64}
	embedder := embedderFunc{bag, func(ctx context.Context, texts []string) ([][]float32, error) {
		seen = append(seen, texts...)
		return bag.Embed(ctx, texts)
	}}
	r := retrieval.NewDense(mustStore(t, examples...), embedder)
	mustRetrieve(t, r, retrieval.Query{Text: "x"}, 1)
	for _, text := range seen[:3] {
		whole := false
		for _, e := range examples {
			whole = whole || strings.HasPrefix(e.Code, text) && (text == e.Code || len(text) > 8000)
		}
		if !whole || !utf8.ValidString(text) {
			t.Errorf("an example was embedded from %.40q, %d bytes: not the start of its code", text, len(text))
		}
	}
	for _, test := range []struct {
		name, query string
		start, end  string
		min, max    int
	}{
		{"short", "a = 1\nb = ", "a = 1\n", "b = ", 10, 10},
		{"empty", "", "", "", 0, 0},
		{"long", long, "    some = code(here)\n", "last = line(", 500, 1000},
		{"one line", wide, "é", "é end", 200, 1000},
		{"a line end at the very end", strings.Repeat("ab ", 1000) + "\n", "", "ab \n", 400, 1000},
		{"many tokens", strings.Repeat("((((\n", 500), "((((\n", "((((\n", 200, 300},
		{"much space", strings.Repeat(strings.Repeat(" ", 99)+"\n", 50) + "x", " ", "x", 900, 1000},
		{"not UTF-8", strings.Repeat("\x80", 5000), "", "\x80", 200, 1000},
	} {
		t.Run(test.name, func(t *testing.T) {
			seen = nil
			mustRetrieve(t, r, retrieval.Query{Text: test.query}, 1)
			window := seen[0]
			if !strings.HasSuffix(test.query, window) {
				t.Errorf("%.40q is not the end of the query", window)
			}
			if !strings.HasPrefix(window, test.start) || !strings.HasSuffix(window, test.end) {
				t.Errorf("the window goes from %.30q to %q", window, window[max(0, len(window)-30):])
			}
			if len(window) < test.min || len(window) > test.max {
				t.Errorf("the window has %d bytes, want %d to %d", len(window), test.min, test.max)
			}
		})
	}
}

func TestDenseNeedsVectors(t *testing.T) {
	store := plainStore{mustStore(t, fewExamples()...)}
	_, err := retrieval.NewDense(store, bagOfWords{64}).Retrieve(context.Background(), retrieval.Query{}, 1)
	if err == nil || !strings.Contains(err.Error(), "keeps no vectors") {
		t.Errorf("got error %v, want one that says that the store keeps no vectors", err)
	}
	if _, err := retrieval.EnsureVectors(context.Background(), store, bagOfWords{64}, nil); err == nil {
		t.Error("EnsureVectors: no error for a store without vectors")
	}
}

// tampered is a store in which every vector has become another.
type tampered struct {
	*revisionStore
	vector []float32
}

func (s tampered) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	return func(yield func(codebase.Vector, error) bool) {
		for v, err := range s.revisionStore.Vectors(ctx, embedder, filter) {
			if v.Values = s.vector; !yield(v, err) {
				return
			}
		}
	}
}

func TestDenseBadVectors(t *testing.T) {
	examples := fewExamples()[:1]
	bag := bagOfWords{4}
	nan := float32(math.NaN())
	for _, test := range []struct {
		name   string
		vector []float32
		want   string
	}{
		{"short", []float32{1}, "has 1 numbers where the embedder makes 4"},
		{"long", []float32{1, 0, 0, 0, 0}, "has 5 numbers"},
		{"NaN", []float32{1, nan, 0, 0}, "not finite"},
		{"infinite", []float32{1, float32(math.Inf(1)), 0, 0}, "not finite"},
		{"not normalised", []float32{1, 1, 0, 0}, "has length 1.41 where 1 is expected"},
	} {
		bad := embedderFunc{bag, func(context.Context, []string) ([][]float32, error) { return [][]float32{test.vector}, nil }}
		t.Run(test.name+" from the embedder", func(t *testing.T) {
			_, err := retrieval.NewDense(mustStore(t, examples...), bad).Retrieve(context.Background(), retrieval.Query{}, 1)
			if err == nil || !strings.Contains(err.Error(), examples[0].ID) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one that names the example and says %q", err, test.want)
			}
		})
		t.Run(test.name+" in the store", func(t *testing.T) {
			store := mustStore(t, examples...)
			mustEnsure(t, store, bag)
			_, err := retrieval.NewDense(tampered{store, test.vector}, bag).Retrieve(context.Background(), retrieval.Query{}, 1)
			if err == nil || !strings.Contains(err.Error(), examples[0].ID) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one that names the example and says %q", err, test.want)
			}
		})
		t.Run(test.name+" of the query", func(t *testing.T) {
			store := mustStore(t, examples...)
			mustEnsure(t, store, bag)
			_, err := retrieval.NewDense(store, bad).Retrieve(context.Background(), retrieval.Query{}, 1)
			if err == nil || !strings.Contains(err.Error(), "the query") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one that speaks of the query and says %q", err, test.want)
			}
		})
	}
}

func TestDenseEmbedderFails(t *testing.T) {
	broken := errors.New("out of memory")
	bag := bagOfWords{4}
	failing := embedderFunc{bag, func(context.Context, []string) ([][]float32, error) { return nil, broken }}
	silent := embedderFunc{bag, func(context.Context, []string) ([][]float32, error) { return nil, nil }}
	store := mustStore(t, fewExamples()...)
	for _, state := range []string{"for examples", "for the query"} {
		if _, err := retrieval.NewDense(store, failing).Retrieve(context.Background(), retrieval.Query{}, 1); !errors.Is(err, broken) {
			t.Errorf("%s: got error %v, want the embedder's", state, err)
		}
		if _, err := retrieval.NewDense(store, silent).Retrieve(context.Background(), retrieval.Query{}, 1); err == nil {
			t.Errorf("%s: no error for an embedder that makes nothing", state)
		}
		mustEnsure(t, store, bag)
	}
}
