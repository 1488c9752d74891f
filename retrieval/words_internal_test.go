package retrieval

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
)

// TestWordList reads what was written: all of it, and the counts at any place.
func TestWordList(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, blockPostings - 1, blockPostings, blockPostings + 1, 1000} {
		for _, gap := range []int{1, 3, 5000} {
			var postings []posting
			place := -1
			for range n {
				place += 1 + random.IntN(gap)
				postings = append(postings, posting{int32(place), int32(1 + random.IntN(1+random.IntN(300)))})
			}
			languages := make([]uint8, place+1)
			for i := range languages {
				languages[i] = uint8(random.IntN(3) * 100)
			}
			lists := slices.Collect(readLists(appendList(nil, postings, languages), place+1))
			for _, list := range lists {
				if some, next := readBySome(list), readByNext(list); !slices.Equal(some, next) {
					t.Fatalf("n = %d, gap %d: %d postings are read by some and %d by next", n, gap, len(some), len(next))
				}
			}
			var got []posting
			for _, list := range lists {
				read := int64(0)
				for ; list.next(); read++ {
					got = append(got, posting{int32(list.place), int32(list.count)})
					if int(languages[list.place]) != list.language {
						t.Fatalf("n = %d: a posting of another language", n)
					}
				}
				if read != list.examples {
					t.Errorf("n = %d: %d postings in a list of %d", n, read, list.examples)
				}
			}
			slices.SortFunc(got, func(a, b posting) int { return int(a.place - b.place) })
			if !slices.Equal(got, postings) {
				t.Errorf("n = %d, gap %d: other postings are read", n, gap)
			}
			// The places of the postings and those beside them; behind the last one, there are none.
			var asked []int
			for _, p := range postings {
				asked = append(asked, int(p.place)-1, int(p.place), int(p.place)+1)
			}
			for _, place := range append(asked, place+2) {
				want := int64(0)
				if i, found := slices.BinarySearchFunc(postings, place, func(p posting, place int) int { return int(p.place) - place }); found {
					want = int64(postings[i].count)
				}
				count := int64(0)
				for _, list := range lists {
					count += list.countAt(int64(place))
				}
				if count != want {
					t.Fatalf("n = %d, gap %d: %d at place %d, want %d", n, gap, count, place, want)
				}
			}
		}
	}
}

func readBySome(list wordList) (postings []posting) {
	var some [blockPostings]posting
	for n := list.some(&some); n > 0; n = list.some(&some) {
		postings = append(postings, some[:n]...)
	}
	return postings
}

func readByNext(list wordList) (postings []posting) {
	for list.next() {
		postings = append(postings, posting{int32(list.place), int32(min(list.count, math.MaxInt32))})
	}
	return postings
}

// FuzzWordList reads lists that nobody wrote: they end, and name no place that is none.
func FuzzWordList(f *testing.F) {
	f.Add([]byte(nil), 3)
	f.Add(appendList(nil, []posting{{0, 1}, {2, 300}, {9, 1}}, make([]uint8, 10)), 10)
	f.Add(binary.AppendUvarint([]byte{0, 1, 12, 1, 9}, 1<<63), 10)
	f.Fuzz(func(t *testing.T, data []byte, places int) {
		read := 0
		for list := range readLists(data, places) {
			if !slices.Equal(readBySome(list), readByNext(list)) {
				t.Fatal("other postings are read by some than by next")
			}
			at, last := list, int64(-1)
			for list.next() {
				if list.place <= last || list.place >= int64(places) {
					t.Fatalf("place %d after %d, of %d", list.place, last, places)
				}
				if last = list.place; read > len(data) {
					t.Fatal("more postings than bytes")
				}
				read++
			}
			at.countAt(last)
		}
	})
}

// someWords is the file of an index of a few examples.
func someWords(t testing.TB) []byte {
	t.Helper()
	index, err := buildWordIndex(t.Context(), func(yield func(codebase.Example, error) bool) {
		for i := range 5 {
			yield(codebase.Example{
				ID: fmt.Sprintf("%064x", i+1), Language: []lang.Language{lang.C, lang.Python}[i%2], CWEs: []codebase.CWE{89, 79}[:i%3],
				Code: "name copy(name, name)", Title: "Copy a name", Fix: fmt.Sprint("fix", i),
			}, nil)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := index.write(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// FuzzParseWordIndex puts bytes where a file should be, with a checksum that is right: what is
// taken for an index can be searched, changed and written.
func FuzzParseWordIndex(f *testing.F) {
	whole := someWords(f)
	f.Add([]byte(nil))
	f.Add(whole)
	for _, change := range [][2]string{{`"examples":5`, `"examples":4`}, {`"words":`, `"worms":`}, {`["c","python"]`, `["c","pythoN"]`}, {"copy", "copz"}} {
		f.Add(bytes.Replace(whole, []byte(change[0]), []byte(change[1]), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		words := make([]uint64, (len(data)+7)/8) // for the alignment that files have
		data = append(listfile.BytesOf(words)[:0], data...)
		if len(data) >= 4 {
			binary.LittleEndian.PutUint32(data[len(data)-4:], listfile.Sum(data))
		}
		x, err := parseWordIndex(data)
		if err != nil {
			return
		}
		q := x.weigh([]string{"copy", "name"}, lang.C, 1.5, 0.75)
		scores, err := q.score(t.Context())
		if err != nil || len(scores) != x.len() {
			t.Fatalf("%d scores of %d examples, error %v", len(scores), x.len(), err)
		}
		q.best(scores, 3)
		q.scale(scores)
		x.release(scores)
		q.sizes()
		if x.len() > 0 {
			q.heaviest(0, 3)
			x.cwesOf(0)
		}
		again, err := x.merge(make([]bool, x.len()), newWordBuilder().finish())
		if err != nil || again.len() != x.len() {
			t.Fatalf("%d examples become %d, error %v", x.len(), again.len(), err)
		}
	})
}

// TestScoresPlainly compares scores, their scale and the best of them with the formula as it is written
// down, in one language and in several, and again in the room of a query before.
func TestScoresPlainly(t *testing.T) {
	const k1, b = 1.5, 0.75
	random := rand.New(rand.NewPCG(3, 4))
	examples := make([]map[string]int, 3000) // by place: how often it has each word
	languages := []lang.Language{lang.C, lang.CPP, lang.Python}
	index, err := buildWordIndex(t.Context(), func(yield func(codebase.Example, error) bool) {
		for i := range examples {
			examples[i] = make(map[string]int)
			var title strings.Builder // whose words have no grammar
			for range random.IntN(30) {
				word := fmt.Sprint("w", random.IntN(1+random.IntN(40)))
				examples[i][word]++
				title.WriteString(word + " ")
			}
			yield(codebase.Example{ID: fmt.Sprintf("%064x", i+1), Language: languages[i%3], Title: title.String()}, nil)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []lang.Language{lang.Python, lang.C, ""} {
		words := distinct([]string{"w0", "w1", "w7", "w30", "w39", "none"})
		n, length, df := 0.0, 0.0, make(map[string]float64)
		serves := func(place int) bool { return language == "" || language.Compatible(languages[place%3]) }
		for place, counts := range examples {
			if serves(place) {
				n++
				for word, count := range counts {
					length += float64(count)
					df[word]++
				}
			}
		}
		want, all := make([]float64, len(examples)), []float64(nil)
		var ranked ranking
		for place, counts := range examples {
			own := 0
			for _, count := range counts {
				own += count
			}
			for _, word := range words {
				if count := float64(counts[word]); serves(place) && count > 0 {
					idf := math.Log(1 + (n-df[word]+0.5)/(df[word]+0.5))
					want[place] += idf * count * (k1 + 1) / (count + k1*(1-b+b*float64(own)/(length/n)))
				}
			}
			if serves(place) {
				all = append(all, want[place])
			}
			ranked = append(ranked, hit{place, want[place]})
		}
		q := index.weigh(words, language, k1, b)
		scores, err := q.score(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		near := func(got, want float64) bool { return math.Abs(got-want) < 1e-9 }
		if !slices.EqualFunc(scores, want, near) {
			t.Errorf("language %q: the scores are others", language)
		}
		if got, want := q.scale(scores), scaleOf(all); !near(got.mean, want.mean) || !near(got.deviation, want.deviation) {
			t.Errorf("language %q: scale %v, want %v", language, got, want)
		}
		// Equal examples have equal scores, of which the first places are the better ones.
		for place := range ranked {
			ranked[place].score = scores[place]
		}
		slices.SortFunc(ranked, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.place, b.place)) })
		for _, n := range []int{0, 1, 10, 500, len(examples)} {
			want := slices.DeleteFunc(slices.Clone(ranked[:n]), func(h hit) bool { return h.score == 0 })
			slices.SortFunc(want, func(a, b hit) int { return cmp.Compare(a.place, b.place) })
			if got := q.top(scores, n); !slices.Equal(got, want) {
				t.Errorf("language %q: the %d best are others: %d, want %d", language, n, len(got), len(want))
			}
		}
		index.release(scores)
	}
}
