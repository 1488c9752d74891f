package retrieval

import (
	"cmp"
	"encoding/hex"
	"slices"
	"sort"
	"sync"

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
	scores    sync.Pool      // of *[]float64, a number for each place
	parts     []languagePart // by the place in wordHeader.Languages
}

// A languagePart is what all queries in a language want to know of its examples.
type languagePart struct {
	places []int32              // in order
	words  int                  // of all of them, with repetitions
	sizes  map[codebase.CWE]int // how many examples each weakness has; 0 is none
}

func (x *wordIndex) len() int { return len(x.ids) }

func (x *wordIndex) id(place int) string { return hex.EncodeToString(x.ids[place][:]) }

func (x *wordIndex) cwesOf(place int) []codebase.CWE { return x.appendCWEs(nil, place) }

func (x *wordIndex) appendCWEs(cwes []codebase.CWE, place int) []codebase.CWE {
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
func (x *wordIndex) seek(from int, id nearest.ID) (place int, found bool) {
	reach := 1
	for from+reach < x.len() && x.ids[from+reach].Compare(id) < 0 {
		reach *= 2
	}
	some := x.ids[from:min(from+reach+1, x.len())]
	place, found = slices.BinarySearchFunc(some, id, nearest.ID.Compare)
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
