package retrieval

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"encoding/hex"
	"math"
	"runtime"
	"slices"
	"sort"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// A wordIndex is an inverted index of the examples of all languages: lists as they lie in
// its file, which is mapped, or in memory. A place is an example's rank among the sorted
// ids. It is never changed; [wordIndex.merge] makes another.
type wordIndex struct {
	wordHeader
	file      *listfile.File // holds on to what the lists lie in; nil if that is the heap
	ids       []nearest.ID
	languages []uint8  // by place: the place in wordHeader.Languages
	cweEnds   []uint32 // by place: where its CWEs end in cwes
	cwes      []int32
	lengths   []int32  // words of each example, with repetitions
	sums      []uint64 // of what an example's words come from, its code aside (see labelSum)
	wordEnds  []uint64 // where each word ends in text; words are sorted
	text      []byte
	listEnds  []uint64 // where each word's list ends in lists
	lists     []byte
	// sizes is how many examples of each weakness a language has, by its place; 0 is none.
	sizes []map[codebase.CWE]int
}

func (x *wordIndex) len() int { return len(x.ids) }

func (x *wordIndex) id(place int) string { return hex.EncodeToString(x.ids[place][:]) }

func (x *wordIndex) cwesOf(place int) []codebase.CWE {
	var cwes []codebase.CWE
	for _, cwe := range span(x.cwes, x.cweEnds, place) {
		cwes = append(cwes, codebase.CWE(cwe))
	}
	return cwes
}

func (x *wordIndex) word(i int) []byte { return span(x.text, x.wordEnds, i) }

// span is the i-th of the parts into which ends divide a list. Ends are made sure of where they are read.
func span[T any, E uint32 | uint64](list []T, ends []E, i int) []T {
	start := E(0)
	if i > 0 {
		start = ends[i-1]
	}
	return list[start:ends[i]]
}

// seek finds an example's place, at or behind another. Where it is not there, it is the place of
// the next.
func (x *wordIndex) seek(from int, id string) (place int, found bool) {
	raw, err := indexID(id)
	if err != nil {
		return from, false
	}
	reach := 1
	for from+reach < x.len() && bytes.Compare(x.ids[from+reach][:], raw[:]) < 0 {
		reach *= 2
	}
	some := x.ids[from:min(from+reach+1, x.len())]
	place, found = slices.BinarySearchFunc(some, raw, func(a, b nearest.ID) int { return bytes.Compare(a[:], b[:]) })
	return from + place, found
}

// list is that of a word, if an example has it.
func (x *wordIndex) list(word string) (list []byte, known bool) {
	i, known := sort.Find(len(x.wordEnds), func(i int) int { return cmp.Compare(word, string(x.word(i))) })
	if !known {
		return nil, false
	}
	return span(x.lists, x.listEnds, i), true
}

// serves says of each language of the index whether its examples can serve another.
func (x *wordIndex) serves(language lang.Language) (serves [maxIndexLanguages]bool) {
	for i, l := range x.Languages {
		serves[i] = language == "" || language.Compatible(l)
	}
	return serves
}

// weighedTerms is a query against an index, ready to be scored.
type weighedTerms struct {
	index  *wordIndex
	serves [maxIndexLanguages]bool
	terms  []weighedTerm
	k1     float64
	// norms is k1·(1 − b + b·length/mean length), by place; nothing for examples that cannot serve
	// the language.
	norms []float64
}

type weighedTerm struct {
	word  string
	idf   float64
	lists []wordList // of the languages that can serve the query's
}

// weigh looks up the words, which are distinct and sorted. All statistics (number
// of examples, their mean length, in how many a word occurs) are those of the
// examples that can serve the language, as if there were no others.
func (x *wordIndex) weigh(words []string, language lang.Language, k1, b float64) weighedTerms {
	defer runtime.KeepAlive(x) // what it lies in is given back with it
	q := weighedTerms{index: x, serves: x.serves(language), k1: k1, norms: make([]float64, x.len())}
	n, total := 0.0, 0
	for place, l := range x.languages {
		if q.serves[l] {
			n++
			total += int(x.lengths[place])
		}
	}
	mean := cmp.Or(float64(total)/max(n, 1), 1)
	for place, l := range x.languages {
		if q.serves[l] {
			q.norms[place] = k1 * (1 - b + b*float64(x.lengths[place])/mean)
		}
	}
	for _, word := range words {
		bytes, known := x.list(word)
		if !known {
			continue
		}
		term, df := weighedTerm{word: word}, 0.0
		for list := range readLists(bytes, x.len()) {
			if list.language < len(x.Languages) && q.serves[list.language] {
				term.lists = append(term.lists, list)
				df += float64(list.examples)
			}
		}
		if df > 0 {
			term.idf = math.Log1p(max(n-df+0.5, 0) / (df + 0.5))
			q.terms = append(q.terms, term)
		}
	}
	return q
}

// weight is what a term adds to an example's score, in which it occurs count times:
// idf · count·(k1 + 1) / (count + norm).
func (q weighedTerms) weight(idf, count float64, place int) float64 {
	return idf * count * (q.k1 + 1) / (count + q.norms[place])
}

// score gives each place its score. It adds up the terms in one order for all examples,
// so that equal examples have equal scores.
func (q weighedTerms) score(ctx context.Context) ([]float64, error) {
	defer runtime.KeepAlive(q.index)
	scores := make([]float64, q.index.len())
	for _, term := range q.terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, list := range term.lists {
			for list.next() {
				scores[list.place] += q.weight(term.idf, float64(list.count), int(list.place))
			}
		}
	}
	return scores, nil
}

// worst is a heap of hits, the worst on top.
type worst struct{ ranking }

func (w worst) Less(i, j int) bool { return w.ranking.Less(j, i) }

// top are the n hits of the highest scores, of those that have a score, in the order of places.
func top(scores []float64, n int) ranking {
	var kept worst
	for place, score := range scores {
		switch {
		case score <= 0:
		case kept.Len() < n:
			heap.Push(&kept, hit{place, score})
		case score > kept.ranking[0].score: // of equal ones the first places stay
			kept.ranking[0] = hit{place, score}
			heap.Fix(&kept, 0)
		}
	}
	slices.SortFunc(kept.ranking, func(a, b hit) int { return cmp.Compare(a.place, b.place) })
	return kept.ranking
}

// best are the ids of the n examples of the highest scores, of those that have a score.
func (q weighedTerms) best(scores []float64, n int) []string {
	var ids []string
	for _, h := range top(scores, n) {
		ids = append(ids, q.index.id(h.place))
	}
	return ids
}

// heaviest returns the n terms that did most for an example's score.
func (q weighedTerms) heaviest(place, n int) []Term {
	defer runtime.KeepAlive(q.index)
	var shares []Term
	for _, term := range q.terms {
		for _, list := range term.lists {
			if list.language != int(q.index.languages[place]) {
				continue
			}
			if count := list.countAt(int64(place)); count > 0 {
				shares = append(shares, Term{term.word, q.weight(term.idf, float64(count), place)})
			}
		}
	}
	slices.SortStableFunc(shares, func(a, b Term) int { return cmp.Compare(b.Weight, a.Weight) })
	return shares[:min(n, len(shares))]
}

// compatibleOnly are the scores of the examples that can serve the language.
func (q weighedTerms) compatibleOnly(scores []float64) []float64 {
	kept := make([]float64, 0, len(scores))
	for place, score := range scores {
		if q.serves[q.index.languages[place]] {
			kept = append(kept, score)
		}
	}
	return kept
}

// sizes is how many examples of each weakness can serve the language.
func (q weighedTerms) sizes() map[codebase.CWE]int {
	sum := make(map[codebase.CWE]int)
	for language, sizes := range q.index.sizes {
		if q.serves[language] {
			for cwe, n := range sizes {
				sum[cwe] += n
			}
		}
	}
	return sum
}
