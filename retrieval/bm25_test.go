package retrieval_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func TestBM25(t *testing.T) {
	r := retrieval.NewBM25(mustStore(t, fewExamples()...), retrieval.BM25Options{})
	for _, test := range []struct {
		name, text string
		language   lang.Language
		want       string // the first title, empty for no match
		why        string // a part of Why
	}{
		{"code", "def find(cursor, name):\n    cursor.", lang.Python, "Look up a user by name", "cursor"},
		{"case", "CURSOR", lang.Python, "Look up a user by name", "cursor"},
		{"words of a title", "file folder", "", "Open a file below a folder", "shares "},
		{"another language", "cursor.execute(name)", lang.JavaScript, "Look up a user", "execute"},
		{"a language that it serves", "function user(): number {", lang.TypeScript, "Look up a user", "user"},
		{"C serves C++", "snprintf(to, size", lang.CPP, "Copy a name", "snprintf"},
		{"C++ does not serve C", "std::vector copy", lang.C, "Copy a name", "shares copy (BM25 "},
		{"a language without examples", "cursor", lang.Java, "", ""},
		{"nothing in common", "zebra", lang.Python, "", ""},
		{"no terms", "", lang.Python, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			matches := mustRetrieve(t, r, retrieval.Query{Text: test.text, Language: test.language}, 1)
			if len(matches) == 0 {
				if test.want != "" {
					t.Fatalf("no match, want %q", test.want)
				}
				return
			}
			if got := matches[0].Example.Title; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if !strings.Contains(matches[0].Why, test.why) {
				t.Errorf("why is %q, without %q", matches[0].Why, test.why)
			}
		})
	}
}

func TestBM25Why(t *testing.T) {
	r := retrieval.NewBM25(mustStore(t, fewExamples()...), retrieval.BM25Options{})
	query := retrieval.Query{Text: "cursor.execute(name, path, fetchone, user)", Language: lang.Python}
	why := mustRetrieve(t, r, query, 1)[0].Why
	form := regexp.MustCompile(`^shares \w+, \w+, \w+, \w+ \(BM25 \d+\.\d\)$`)
	if !form.MatchString(why) {
		t.Errorf("why is %q, want four words and the score", why)
	}
	if !strings.HasPrefix(why, "shares cursor, ") {
		t.Errorf("why is %q, want cursor first, which the example repeats", why)
	}
}

func TestBM25RepeatedQueryTermCountsOnce(t *testing.T) {
	r := retrieval.NewBM25(mustStore(t, fewExamples()...), retrieval.BM25Options{})
	once := mustRetrieve(t, r, retrieval.Query{Text: "name path"}, 5)
	often := mustRetrieve(t, r, retrieval.Query{Text: "path name name path name"}, 5)
	if !slices.EqualFunc(once, often, sameMatch) {
		t.Errorf("a repeated word changes the result")
	}
}

// TestBM25Reference compares the index with the formula, computed word for word.
func TestBM25Reference(t *testing.T) {
	source := rand.New(rand.NewPCG(5, 6))
	for _, options := range []retrieval.BM25Options{{}, {K1: 0.9, B: 0.4}, {K1: 2, B: -1}, {K1: -1, B: 1}} {
		examples := randomCorpus(source, 80)
		r := retrieval.NewBM25(mustStore(t, examples...), options)
		for i := range 25 {
			query := retrieval.Query{Text: randomCode(source, 1+source.IntN(20))}
			query.Language = []lang.Language{lang.Python, lang.CPP, lang.TypeScript, ""}[i%4]
			got := mustRetrieve(t, r, query, len(examples))
			want := referenceBM25(examples, query, options)
			if len(got) != len(want) {
				t.Fatalf("%+v, query %d: %d matches, want %d", options, i, len(got), len(want))
			}
			for j := range got {
				if math.Abs(got[j].Score-want[j].Score) > 1e-9 {
					t.Fatalf("%+v, query %d: score %d is %v, want %v", options, i, j, got[j].Score, want[j].Score)
				}
				// Sums in another order may differ in the last bit and turn a tie round.
				tie := j > 0 && want[j-1].Score-want[j].Score < 1e-9 || j+1 < len(want) && want[j].Score-want[j+1].Score < 1e-9
				if !tie && got[j].Example.ID != want[j].Example.ID {
					t.Fatalf("%+v, query %d: match %d is another one", options, i, j)
				}
			}
		}
	}
}

func referenceBM25(examples []codebase.Example, query retrieval.Query, options retrieval.BM25Options) []retrieval.Match {
	k1, b := max(cmp.Or(options.K1, 1.5), 0), max(cmp.Or(options.B, 0.75), 0)
	nonWord := regexp.MustCompile(`[^\pL\pN_]+`)
	plain := func(text string) []string {
		return slices.DeleteFunc(nonWord.Split(strings.ToLower(text), -1), func(s string) bool { return s == "" })
	}
	terms := make(map[string]bool)
	words := plain(query.Text)
	if query.Language != "" {
		words = lang.Words(query.Language, query.Text)
	}
	for _, word := range words {
		terms[word] = true
	}
	var documents []codebase.Example
	var counts []map[string]float64
	var lengths []float64
	total := 0.0
	for _, e := range examples {
		if query.Language != "" && !query.Language.Compatible(e.Language) {
			continue
		}
		count := make(map[string]float64)
		text := slices.Concat(lang.Words(e.Language, e.Code), plain(e.Title), plain(e.Fix))
		for _, word := range text {
			count[word]++
		}
		documents, counts, lengths = append(documents, e), append(counts, count), append(lengths, float64(len(text)))
		total += float64(len(text))
	}
	var matches []retrieval.Match
	n := float64(len(documents))
	for i, e := range documents {
		score := 0.0
		for term := range terms {
			tf, df := counts[i][term], 0.0
			for _, count := range counts {
				df += min(count[term], 1)
			}
			if tf > 0 {
				idf := math.Log(1 + (n-df+0.5)/(df+0.5))
				score += idf * tf * (k1 + 1) / (tf + k1*(1-b+b*lengths[i]/(total/n)))
			}
		}
		if score > 0 {
			matches = append(matches, retrieval.Match{Example: e, Score: score})
		}
	}
	slices.SortFunc(matches, func(x, y retrieval.Match) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Example.ID, y.Example.ID))
	})
	return matches
}
