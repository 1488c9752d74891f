package retrieval

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
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

// FuzzWordList reads lists that nobody wrote: they end, and name no place that is none.
func FuzzWordList(f *testing.F) {
	f.Add([]byte(nil), 3)
	f.Add(appendList(nil, []posting{{0, 1}, {2, 300}, {9, 1}}, make([]uint8, 10)), 10)
	f.Add(binary.AppendUvarint([]byte{0, 1, 12, 1, 9}, 1<<63), 10)
	f.Fuzz(func(t *testing.T, data []byte, places int) {
		read := 0
		for list := range readLists(data, places) {
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
