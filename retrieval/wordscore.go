package retrieval

import (
	"cmp"
	"container/heap"
	"context"
	"iter"
	"math"
	"runtime"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// weighedTerms is a query against an index, ready to be scored.
type weighedTerms struct {
	index  *wordIndex
	serves [maxIndexLanguages]bool
	terms  []weighedTerm
	k1     float64
	// What an example's length does to its score is norm + perWord·length, that is
	// k1·(1 − b + b·length/mean length).
	norm, perWord float64
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
	q := weighedTerms{index: x, serves: x.serves(language), k1: k1}
	n, total := 0.0, 0
	for part := range q.served() {
		n += float64(len(part.places))
		total += part.words
	}
	mean := cmp.Or(float64(total)/max(n, 1), 1)
	q.norm, q.perWord = k1*(1-b), k1*b/mean
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

// served are the languages that can serve the query's.
func (q weighedTerms) served() iter.Seq[languagePart] {
	return func(yield func(languagePart) bool) {
		for language, part := range q.index.parts {
			if q.serves[language] && !yield(part) {
				return
			}
		}
	}
}

// weight is what a term adds to an example's score, in which it occurs count times:
// idf · count·(k1 + 1) / (count + norm + perWord·length).
func (q *weighedTerms) weight(idf, count float64, place int32) float64 {
	return idf * count * (q.k1 + 1) / (count + q.norm + q.perWord*float64(q.index.lengths[place]))
}

// score gives each place its score, 0 where it cannot serve the language. It adds up the terms in
// one order for all examples, so that equal examples have equal scores. The scores go back with
// release.
func (q weighedTerms) score(ctx context.Context) ([]float64, error) {
	defer runtime.KeepAlive(q.index)
	scores := q.index.room()
	var some [blockPostings]posting
	for _, term := range q.terms {
		if err := ctx.Err(); err != nil {
			q.index.release(scores)
			return nil, err
		}
		for _, list := range term.lists {
			for n := list.some(&some); n > 0; n = list.some(&some) {
				for _, p := range some[:n] {
					scores[p.place] += q.weight(term.idf, float64(p.count), p.place)
				}
			}
		}
	}
	return scores, nil
}

// room is a zero for each place. Of many examples it is large, and a query has no other that is: it
// is used again and not left to the garbage collector.
func (x *wordIndex) room() []float64 {
	if kept, ok := x.scores.Get().(*[]float64); ok {
		clear(*kept)
		return *kept
	}
	return make([]float64, x.len())
}

// release takes back what room or score gave, which is not to be used any more.
func (x *wordIndex) release(scores []float64) { x.scores.Put(&scores) }

// worst is a heap of hits, the worst on top.
type worst struct{ ranking }

func (w worst) Less(i, j int) bool { return w.ranking.Less(j, i) }

// replace puts a hit in the place of the worst, if it is better. It does what heap.Fix does, without a
// call for each comparison.
func (w worst) replace(h hit) {
	r := w.ranking
	if h.score < r[0].score || h.score == r[0].score && h.place > r[0].place {
		return
	}
	r[0] = h
	for at := 0; ; {
		child := 2*at + 1
		if child+1 < len(r) && r.Less(child, child+1) {
			child++
		}
		if child >= len(r) || r.Less(child, at) {
			return
		}
		r[at], r[child] = r[child], r[at]
		at = child
	}
}

// top are the n hits of the highest scores, of those that have a score, in the order of places. Of
// equal ones they are the first places.
func (q weighedTerms) top(scores []float64, n int) ranking {
	kept := worst{make(ranking, 0, max(min(n, len(scores)), 0))}
	for part := range q.served() {
		for _, place := range part.places {
			score := scores[place]
			switch {
			case score <= 0 || n <= 0:
			case len(kept.ranking) == n:
				kept.replace(hit{int(place), score})
			default:
				kept.ranking = append(kept.ranking, hit{int(place), score})
				if len(kept.ranking) == n {
					heap.Init(&kept)
				}
			}
		}
	}
	slices.SortFunc(kept.ranking, func(a, b hit) int { return cmp.Compare(a.place, b.place) })
	return kept.ranking
}

// best are the ids of the n examples of the highest scores, of those that have a score, in order.
func (q weighedTerms) best(scores []float64, n int) []nearest.ID {
	top := q.top(scores, n)
	ids := make([]nearest.ID, len(top))
	for i, h := range top {
		ids[i] = q.index.ids[h.place]
	}
	return ids
}

// scale is that of the scores of all examples that can serve the language.
func (q weighedTerms) scale(scores []float64) scale {
	n, sum := 0.0, 0.0
	for part := range q.served() {
		n += float64(len(part.places))
		for _, place := range part.places {
			sum += scores[place]
		}
	}
	mean, squares := sum/max(n, 1), 0.0
	for part := range q.served() {
		for _, place := range part.places {
			squares += (scores[place] - mean) * (scores[place] - mean)
		}
	}
	return scale{mean, math.Sqrt(squares / max(n, 1))}
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
				shares = append(shares, Term{term.word, q.weight(term.idf, float64(count), int32(place))})
			}
		}
	}
	slices.SortStableFunc(shares, func(a, b Term) int { return cmp.Compare(b.Weight, a.Weight) })
	return shares[:min(n, len(shares))]
}

// sizes is how many examples of each weakness can serve the language.
func (q weighedTerms) sizes() map[codebase.CWE]int {
	sum := make(map[codebase.CWE]int)
	for part := range q.served() {
		for cwe, n := range part.sizes {
			sum[cwe] += n
		}
	}
	return sum
}
