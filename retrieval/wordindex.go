package retrieval

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A wordIndex is an inverted index of the examples of all languages. A place is
// an example's rank among the sorted ids.
type wordIndex struct {
	listing
	lengths  []int32 // words of each example, with repetitions
	postings map[string][]posting
	sizes    map[lang.Language]map[codebase.CWE]int // examples by language and weakness; 0 is none
}

// A posting says how often a word occurs in an example.
type posting struct {
	place, count int32
}

func buildWordIndex(ctx context.Context, store codebase.Store) (*wordIndex, error) {
	index := &wordIndex{postings: make(map[string][]posting), sizes: make(map[lang.Language]map[codebase.CWE]int)}
	// Postings have to be sorted by place, so the examples must come sorted by id, as
	// Store.Examples promises.
	last := ""
	for example, err := range store.Examples(ctx, codebase.Filter{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && example.ID <= last {
			err = fmt.Errorf("example %q came after %q", example.ID, last)
		}
		if err != nil {
			return nil, fmt.Errorf("read the secure codebase to index its words: %w", err)
		}
		last = example.ID
		index.add(example)
	}
	return index, nil
}

func (x *wordIndex) add(example codebase.Example) {
	place := int32(len(x.ids))
	words := exampleWords(example)
	x.ids = append(x.ids, example.ID)
	x.languages = append(x.languages, example.Language)
	x.cwes = append(x.cwes, example.CWEs)
	x.lengths = append(x.lengths, int32(len(words)))
	if x.sizes[example.Language] == nil {
		x.sizes[example.Language] = make(map[codebase.CWE]int)
	}
	for _, cwe := range weaknessesOf(example.CWEs) {
		x.sizes[example.Language][cwe]++
	}

	slices.Sort(words)
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && words[end] == words[start] {
			end++
		}
		word := words[start]
		list, known := x.postings[word]
		if !known {
			// A word may be a slice of the example's code, which would stay in memory with it.
			word = strings.Clone(word)
		}
		x.postings[word] = append(list, posting{place, int32(end - start)})
		start = end
	}
}

// weighedTerms is a query against an index, ready to be scored.
type weighedTerms struct {
	index      *wordIndex
	language   lang.Language
	terms      []weighedTerm
	compatible []bool // by place
	k1         float64
	// norms is k1·(1 − b + b·length/mean length), by place.
	norms []float64
}

type weighedTerm struct {
	word     string
	idf      float64
	postings []posting
}

// weigh looks up the words, which are distinct and sorted. All statistics (number
// of examples, their mean length, in how many a word occurs) are those of the
// examples that can serve the language, as if there were no others.
func (x *wordIndex) weigh(words []string, language lang.Language, k1, b float64) weighedTerms {
	q := weighedTerms{index: x, language: language, k1: k1,
		compatible: make([]bool, len(x.ids)), norms: make([]float64, len(x.ids))}
	places := x.compatible(language)
	total := 0
	for _, place := range places {
		q.compatible[place] = true
		total += int(x.lengths[place])
	}
	n, mean := float64(len(places)), float64(total)/float64(max(len(places), 1))
	for _, place := range places {
		q.norms[place] = k1 * (1 - b + b*float64(x.lengths[place])/cmp.Or(mean, 1))
	}
	for _, word := range words {
		postings, in := x.postings[word], 0
		for _, p := range postings {
			if q.compatible[p.place] {
				in++
			}
		}
		if in > 0 {
			df := float64(in)
			q.terms = append(q.terms, weighedTerm{word, math.Log1p((n - df + 0.5) / (df + 0.5)), postings})
		}
	}
	return q
}

// weight is what a term adds to an example's score:
// idf · count·(k1 + 1) / (count + norm).
func (q weighedTerms) weight(term weighedTerm, p posting) float64 {
	count := float64(p.count)
	return term.idf * count * (q.k1 + 1) / (count + q.norms[p.place])
}

// score gives each place its score. It adds up the terms in one order for all examples,
// so that equal examples have equal scores.
func (q weighedTerms) score(ctx context.Context) ([]float64, error) {
	scores := make([]float64, len(q.index.ids))
	for _, term := range q.terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, p := range term.postings {
			if q.compatible[p.place] {
				scores[p.place] += q.weight(term, p)
			}
		}
	}
	return scores, nil
}

// best are the ids of the n examples of the highest scores, of those that have a score.
func (q weighedTerms) best(scores []float64, n int) []string {
	var hits ranking
	for place, score := range scores {
		if score > 0 {
			hits = append(hits, hit{place, score})
		}
	}
	heap.Init(&hits)
	var ids []string
	for len(ids) < n && hits.Len() > 0 {
		ids = append(ids, q.index.ids[heap.Pop(&hits).(hit).place])
	}
	return ids
}

// compatibleOnly are the scores of the examples that can serve the language.
func (q weighedTerms) compatibleOnly(scores []float64) []float64 {
	var kept []float64
	for place, score := range scores {
		if q.compatible[place] {
			kept = append(kept, score)
		}
	}
	return kept
}

// sizes is how many examples of each weakness can serve the language.
func (q weighedTerms) sizes() map[codebase.CWE]int {
	sum := make(map[codebase.CWE]int)
	for language, sizes := range q.index.sizes {
		if q.language == "" || q.language.Compatible(language) {
			for cwe, n := range sizes {
				sum[cwe] += n
			}
		}
	}
	return sum
}
