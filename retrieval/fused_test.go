package retrieval_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// described are the weaknesses that have a description.
var described = []codebase.CWE{
	20, 22, 77, 78, 79, 89, 94, 95, 116, 117, 120, 121, 122, 125, 129, 190, 200, 284, 287, 295,
	306, 307, 321, 327, 328, 330, 338, 352, 353, 362, 367, 400, 416, 434, 476, 502, 532, 601, 611, 639,
	674, 681, 732, 770, 772, 787, 789, 798, 862, 863, 915, 918, 943, 1321, 1333,
}

func of(e codebase.Example, cwes ...codebase.CWE) codebase.Example {
	e.CWEs = cwes
	return e
}

func TestFused(t *testing.T) {
	few := fewExamples()
	r := retrieval.NewFused(mustStore(t, few[0], of(few[1], 78), of(few[2], 22), of(few[3], 787)), bagOfWords{256})
	query := retrieval.Query{Text: "def one(cursor, name):\n    return cursor.fetchone()\n", Language: lang.Python}
	matches := mustRetrieve(t, r, query, 9)
	if len(matches) != 3 || matches[0].Example.Title != "Look up a user by name" {
		t.Fatalf("got %d matches, want 3, the look-up first", len(matches))
	}
	if form := regexp.MustCompile(`^CWE-089 likeliest \(0\.\d\d\); cosine 0\.\d\d; shares cursor, \w+, \w+$`); !form.MatchString(matches[0].Why) {
		t.Errorf("why is %q, want the weakness, the cosine and the rarest shared words", matches[0].Why)
	}
	if form := regexp.MustCompile(`^CWE-0(22|78) possible \(0\.\d\d\); cosine 0\.\d\d`); !form.MatchString(matches[1].Why) {
		t.Errorf("why of the second is %q, want its weakness as possible", matches[1].Why)
	}
	if sum := matches[0].Score + matches[1].Score + matches[2].Score; math.Abs(sum-1) > 1e-9 {
		t.Errorf("the probabilities of all weaknesses add up to %v", sum)
	}
	if matches[0].Confidence <= 0 || matches[0].Confidence >= 1 || matches[1].Confidence != 0 {
		t.Errorf("the confidences are %v and %v, want that of the first alone", matches[0].Confidence, matches[1].Confidence)
	}
	if words := mustRetrieve(t, r, retrieval.Query{Text: "cursor"}, 1); words[0].Confidence != 0 {
		t.Errorf("words were answered with a confidence of %v", words[0].Confidence)
	}
}

// TestFusedConfidence holds the confidence to its formula: it counts a weakness's kin, which
// the score does not, and the danger that any is near.
func TestFusedConfidence(t *testing.T) {
	few := fewExamples()
	query := retrieval.Query{Text: "def one(cursor, name):\n    return cursor.fetchone()\n", Language: lang.Python}
	for name, cwes := range map[string][3]codebase.CWE{
		"strangers":     {89, 78, 22},
		"kin":           {787, 121, 22},
		"all of a kind": {787, 121, 120},
	} {
		t.Run(name, func(t *testing.T) {
			r := retrieval.NewFused(mustStore(t, of(few[0], cwes[0]), of(few[1], cwes[1]), of(few[2], cwes[2])), bagOfWords{256})
			matches := mustRetrieve(t, r, query, 3)
			p := 0.0
			for _, m := range matches {
				if cwe := m.Example.CWEs[0]; cwe == matches[0].Example.CWEs[0] || cwe != 22 && cwe != 78 && name != "strangers" {
					p += m.Score
				}
			}
			p = min(p, 1-1e-6)
			want := 1 / (1 + math.Exp(-(0.64*math.Log(p/(1-p)) - 0.91 - 0.2))) // no head knows this embedder
			want *= mustDanger(t).Of(query.Language, query.Text)
			if math.Abs(matches[0].Confidence-want) > 1e-9 {
				t.Errorf("the confidence is %v, want %v", matches[0].Confidence, want)
			}
		})
	}
}

// TestFusedReference compares the ranking with the formula of the decision, computed
// from what the retrievers that are fused return.
func TestFusedReference(t *testing.T) {
	source := rand.New(rand.NewPCG(31, 32))
	embedder := bagOfWords{64}
	for _, n := range []int{1, 2, 15, 120} {
		examples := randomCorpus(source, n)
		// 1000 to 1003 have no description; some examples have no weakness, some two.
		for i := range examples {
			examples[i].CWEs = [][]codebase.CWE{{22}, {78}, {89, 79}, {787}, {1000}, {1001, 78}, nil, {1003, 1002}}[source.IntN(8)]
		}
		store := mustStore(t, examples...)
		r := retrieval.NewFused(store, embedder)
		for i := range 20 {
			query := retrieval.Query{Text: randomCode(source, source.IntN(40))}
			query.Language = []lang.Language{lang.Python, lang.CPP, "", lang.TypeScript}[i%4] // "": words
			got := mustRetrieve(t, r, query, n+1)
			want := referenceFused(t, store, embedder, query)
			if len(got) != len(want) {
				t.Fatalf("%d examples, query %d: %d matches, want %d", n, i, len(got), len(want))
			}
			for j := range got {
				if got[j].Example.ID != want[j].Example.ID || math.Abs(got[j].Score-want[j].Score) > 1e-6 {
					t.Fatalf("%d examples, query %d: match %d is %.12s (%v), want %.12s (%v)", n, i, j,
						got[j].Example.ID, got[j].Score, want[j].Example.ID, want[j].Score)
				}
			}
		}
	}
}

func referenceFused(t *testing.T, store codebase.Store, embedder retrieval.Embedder, query retrieval.Query) []retrieval.Match {
	t.Helper()
	near := mustRetrieve(t, retrieval.NewDense(store, embedder), query, math.MaxInt)
	slices.SortFunc(near, func(a, b retrieval.Match) int { return strings.Compare(a.Example.ID, b.Example.ID) })
	shared := make(map[string]float64)
	for _, m := range mustRetrieve(t, retrieval.NewBM25(store, retrieval.BM25Options{}), query, math.MaxInt) {
		shared[m.Example.ID] = m.Score
	}
	var cosines, words []float64
	for _, m := range near {
		cosines, words = append(cosines, m.Score), append(words, shared[m.Example.ID])
	}
	cosines, words = zScores(cosines), zScores(words)
	of := make(map[codebase.CWE][]retrieval.Match)
	for i := range near {
		near[i].Score = words[i] + cosines[i]
		for _, cwe := range or(near[i].Example.CWEs, 0) {
			of[cwe] = append(of[cwe], near[i])
		}
	}
	slices.SortStableFunc(near, func(a, b retrieval.Match) int { return cmp.Compare(b.Score, a.Score) })
	if query.Language == "" {
		return near
	}
	nearest := near[:min(20, len(near))]
	votes, total := make(map[codebase.CWE]float64), 0.0
	for _, m := range nearest {
		weight := 1.0
		if spread := nearest[0].Score - nearest[len(nearest)-1].Score; spread > 0 {
			weight = math.Exp((m.Score - nearest[0].Score) / spread)
		}
		for _, cwe := range or(m.Example.CWEs, 0) {
			vote := weight * math.Pow(float64(len(of[cwe])), -0.3)
			votes[cwe] += vote
			total += vote
		}
	}
	texts := mustCosines(t, embedder, query.Text)
	mean, known := 0.0, 0.0
	var weaknesses []codebase.CWE
	for cwe := range of {
		weaknesses = append(weaknesses, cwe)
		if cosine, ok := texts[cwe]; ok {
			mean, known = mean+cosine, known+1
		}
	}
	posterior, sum := make(map[codebase.CWE]float64), 0.0
	for _, cwe := range weaknesses {
		cosine, ok := texts[cwe]
		if !ok {
			cosine = mean / max(known, 1)
		}
		posterior[cwe] = (0.98*votes[cwe]/total + 0.02/float64(len(of))) * math.Exp(20*cosine)
		sum += posterior[cwe]
	}
	slices.SortFunc(weaknesses, func(a, b codebase.CWE) int {
		if d := posterior[a] - posterior[b]; math.Abs(d) > 1e-12*sum {
			return cmp.Compare(0, d)
		}
		return cmp.Compare(a, b)
	})
	var want []retrieval.Match
	taken := make(map[string]bool)
	for round := 0; len(want) < len(near); round++ {
		for _, cwe := range weaknesses {
			slices.SortStableFunc(of[cwe], func(a, b retrieval.Match) int { return cmp.Compare(b.Score, a.Score) })
			for _, m := range of[cwe] {
				if !taken[m.Example.ID] {
					taken[m.Example.ID] = true
					want = append(want, retrieval.Match{Example: m.Example, Score: posterior[cwe]/sum - float64(round)})
					break
				}
			}
		}
	}
	return want
}

func or(cwes []codebase.CWE, none codebase.CWE) []codebase.CWE {
	if len(cwes) == 0 {
		return []codebase.CWE{none}
	}
	return cwes
}

func zScores(x []float64) []float64 {
	mean, square := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		square += (v - mean) * (v - mean) / float64(len(x))
	}
	z := make([]float64, len(x))
	for i, v := range x {
		if square > 1e-18 {
			z[i] = (v - mean) / math.Sqrt(square)
		}
	}
	return z
}

// mustCosines compares a text with the description of each weakness that has one.
func mustCosines(t *testing.T, embedder retrieval.Embedder, text string) map[codebase.CWE]float64 {
	t.Helper()
	vectors, err := retrieval.EmbedWeaknesses(context.Background(), embedder)
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(described) {
		t.Fatalf("%d weaknesses have a description, want %d", len(vectors), len(described))
	}
	of, err := embedder.Embed(context.Background(), []string{text})
	if err != nil {
		t.Fatal(err)
	}
	cosines := make(map[codebase.CWE]float64)
	for i, v := range vectors {
		for j, x := range v.Values {
			cosines[described[i]] += float64(x) * float64(of[0][j])
		}
	}
	return cosines
}

// TestFusedDescriptions has examples that are all as near: only what a weakness looks
// like can tell them apart.
func TestFusedDescriptions(t *testing.T) {
	code := func(name string) codebase.Example { return example(lang.Python, "Do it", name+" = 1") }
	store := mustStore(t, of(code("one"), 416), of(code("two"), 89), of(code("three"), 1000))
	r := retrieval.NewFused(store, bagOfWords{512})
	for query, want := range map[string]string{
		"database query with values":                 "CWE-089 likeliest",
		"pointer to memory that is released, freed,": "CWE-416 likeliest",
	} {
		if why := mustRetrieve(t, r, retrieval.Query{Text: query, Language: lang.Python}, 1)[0].Why; !strings.HasPrefix(why, want) {
			t.Errorf("%q: why is %q, want %s", query, why, want)
		}
	}
}

func TestFusedDegenerate(t *testing.T) {
	few := fewExamples()
	var same, without, sharing []codebase.Example
	for i := range 30 {
		// Nothing but ids tells them apart: to embedder and index they are alike.
		e := example(lang.Python, "Do it", "x = 1\n"+strings.Repeat("\n", i)+"y = 2")
		same = append(same, of(example(lang.C, "Do it", e.Code), 125), of(example(lang.CPP, "Do it", e.Code), 787))
		without = append(without, of(e))
		sharing = append(sharing, of(e, 88, 78))
	}
	for _, test := range []struct {
		name     string
		examples []codebase.Example
		query    retrieval.Query
		k, want  int
		why      string // of the first
	}{
		{"one example", few[:1], retrieval.Query{Text: "cursor", Language: lang.Python}, 3, 1, "CWE-089 likeliest (1.00); cosine "},
		{"one weakness", few, retrieval.Query{Text: "cursor", Language: lang.Python}, 9, 3, "CWE-089 likeliest (1.00); cosine "},
		{"all alike", same, retrieval.Query{Text: "x y", Language: lang.CPP}, 99, 60, "CWE-"},
		{"no word in common", same, retrieval.Query{Text: "zebra", Language: lang.CPP}, 5, 5, "CWE-"},
		{"no weaknesses", without, retrieval.Query{Text: "x", Language: lang.Python}, 4, 4, "no weakness named likeliest (1.00); cosine "},
		{"the same two weaknesses", sharing, retrieval.Query{Text: "x", Language: lang.Python}, 99, 30, "CWE-0"},
		{"words, all alike", same, retrieval.Query{Text: "x y"}, 99, 60, "cosine "},
		{"words, none in common", same, retrieval.Query{Text: "zebra"}, 5, 5, "cosine "},
		{"another language", few, retrieval.Query{Text: "cursor", Language: lang.Java}, 3, 0, ""},
		{"k of 0", few, retrieval.Query{Text: "cursor"}, 0, 0, ""},
		{"k below 0", few, retrieval.Query{Text: "cursor"}, -1, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			matches := mustRetrieve(t, retrieval.NewFused(mustStore(t, test.examples...), bagOfWords{64}), test.query, test.k)
			if len(matches) != test.want {
				t.Fatalf("%d matches, want %d", len(matches), test.want)
			}
			seen := make(map[string]bool)
			for i, m := range matches {
				if math.IsNaN(m.Score) || seen[m.Example.ID] || i > 0 && m.Score > matches[i-1].Score {
					t.Errorf("match %d of score %v is there twice or out of order", i, m.Score)
				}
				seen[m.Example.ID] = true
			}
			if len(matches) > 0 && !strings.HasPrefix(matches[0].Why, test.why) {
				t.Errorf("why is %q, want %q", matches[0].Why, test.why)
			}
		})
	}
}

// TestFusedGoesRound has weaknesses of one, two and three examples.
func TestFusedGoesRound(t *testing.T) {
	var examples []codebase.Example
	for i, cwe := range []codebase.CWE{1000, 1001, 1001, 1002, 1002, 1002} {
		examples = append(examples, of(example(lang.Python, "Do it", fmt.Sprintf("x%d = 1", i)), cwe))
	}
	matches := mustRetrieve(t, retrieval.NewFused(mustStore(t, examples...), bagOfWords{64}), retrieval.Query{Text: "x1", Language: lang.Python}, 9)
	rounds := make([][]codebase.CWE, 3)
	for _, m := range matches {
		round := int(math.Ceil(-m.Score))
		rounds[round] = append(rounds[round], m.Example.CWEs[0])
	}
	for round, want := range []int{3, 2, 1} {
		slices.Sort(rounds[round])
		if len(rounds[round]) != want || len(slices.Compact(rounds[round])) != want {
			t.Errorf("round %d takes examples of %v, want %d of different weaknesses", round+1, rounds[round], want)
		}
	}
}

// TestFusedEmbedsDescriptionsOnce counts the texts that reach the embedder.
func TestFusedEmbedsDescriptionsOnce(t *testing.T) {
	var texts atomic.Int64
	bag := bagOfWords{64}
	counting := embedderFunc{bag, func(ctx context.Context, batch []string) ([][]float32, error) {
		texts.Add(int64(len(batch)))
		return bag.Embed(ctx, batch)
	}}
	store := mustStore(t, fewExamples()...)
	mustEnsure(t, store, bag)
	r := retrieval.NewFused(store, counting)
	for i, want := range []int64{int64(len(described)) + 1, 1, 1} {
		if i == 2 {
			few := fewExamples()[0]
			if _, err := store.Remove(context.Background(), few.ID); err != nil {
				t.Fatal(err)
			}
		}
		texts.Store(0)
		mustRetrieve(t, r, retrieval.Query{Text: "cursor", Language: lang.Python}, 3)
		if got := texts.Load(); got != want {
			t.Errorf("query %d: %d texts were embedded, want %d", i+1, got, want)
		}
	}
}

// TestStarterWeaknessesDescribed: a weakness without a description fits no code better than the
// average of those with one, so none that comes with the program is to lack it.
func TestStarterWeaknessesDescribed(t *testing.T) {
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if !slices.Contains(described, e.CWEs[0]) {
			t.Errorf("%s is about %s, which has no description", e.Title, e.CWEs[0])
		}
	}
}

// miniLM has the name of the program's embedder, and embeds nothing but queries.
type miniLM struct{ bagOfWords }

func (miniLM) ID() string { return "all-minilm-l6-v2/q8_0/256" }

func (e miniLM) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) != 1 {
		return nil, fmt.Errorf("%d texts to embed, where vectors should be kept; run make vectors", len(texts))
	}
	return e.bagOfWords.Embed(ctx, texts)
}

// TestWeaknessVectors tells when the descriptions' vectors are not those of the
// descriptions.
func TestWeaknessVectors(t *testing.T) {
	store := mustStore(t, fewExamples()[0])
	mustRetrieve(t, retrieval.NewFused(store, miniLM{bagOfWords{384}}), retrieval.Query{Text: "cursor", Language: lang.Python}, 3)
}

// named goes by the id of the program's own embedder, for which there is a head.
type named struct{ bagOfWords }

func (named) ID() string { return miniLM{}.ID() }

// TestFusedHead tells when the head that comes with the program has no say: nothing else
// knows which of these examples, of which the query has no word, is of its weakness.
func TestFusedHead(t *testing.T) {
	store := mustStore(t, of(example(lang.Python, "One", "aa = bb"), 89), of(example(lang.Python, "Two", "cc = dd"), 22))
	query := retrieval.Query{Language: lang.Python, Text: "cursor.execute('SELECT name FROM users WHERE id = ' + user_id)\nrow = cursor.fetchone()\nconn.commit()\n"}
	matches := mustRetrieve(t, retrieval.NewFused(store, named{bagOfWords{384}}), query, 1)
	if got := matches[0].Example.CWEs[0]; got != 89 || matches[0].Score < 0.6 {
		t.Errorf("%s is likeliest (%.2f) for a query of a database", got, matches[0].Score)
	}
}
