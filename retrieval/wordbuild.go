package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// A wordBuilder makes an index of examples that come in the order of their ids.
type wordBuilder struct {
	index    *wordIndex
	postings map[string][]posting
}

func newWordBuilder() *wordBuilder {
	return &wordBuilder{index: new(wordIndex), postings: make(map[string][]posting)}
}

// buildWordIndex indexes the examples.
func buildWordIndex(ctx context.Context, examples iter.Seq2[codebase.Example, error]) (*wordIndex, error) {
	b := newWordBuilder()
	last := ""
	for example, err := range examples {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && example.ID <= last {
			err = fmt.Errorf("example %q came after %q", example.ID, last)
		}
		if err == nil {
			err = b.add(example)
		}
		if err != nil {
			return nil, fmt.Errorf("read the secure codebase to index its words: %w", err)
		}
		last = example.ID
	}
	return b.finish(), nil
}

func (b *wordBuilder) add(example codebase.Example) error {
	words := exampleWords(example)
	label := codebase.Label{ID: example.ID, Language: example.Language, CWEs: example.CWEs, Title: example.Title, Fix: example.Fix}
	place, err := b.addLabel(label, int32(min(len(words), math.MaxInt32)))
	if err != nil {
		return err
	}
	slices.Sort(words)
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && words[end] == words[start] {
			end++
		}
		word := words[start]
		list, known := b.postings[word]
		if !known {
			// A word may be a slice of the example's code, which would stay in memory with it.
			word = strings.Clone(word)
		}
		b.postings[word] = append(list, posting{place, int32(end - start)})
		start = end
	}
	return nil
}

// addLabel adds an example without its words.
func (b *wordBuilder) addLabel(label codebase.Label, length int32) (place int32, err error) {
	x := b.index
	id, err := indexID(label.ID)
	if err != nil {
		return 0, err
	}
	language := slices.Index(x.Languages, label.Language)
	if language < 0 {
		if language = len(x.Languages); language == maxIndexLanguages {
			return 0, fmt.Errorf("example %.12s is of the language %.40q, which has no place any more", label.ID, label.Language)
		}
		x.Languages = append(x.Languages, label.Language)
	}
	place = int32(len(x.ids))
	x.ids = append(x.ids, id)
	x.languages = append(x.languages, uint8(language))
	for _, cwe := range label.CWEs {
		x.cwes = append(x.cwes, int32(cwe))
	}
	x.cweEnds = append(x.cweEnds, uint32(len(x.cwes)))
	x.lengths = append(x.lengths, length)
	x.sums = append(x.sums, labelSum(label))
	return place, nil
}

// finish writes the lists.
func (b *wordBuilder) finish() *wordIndex {
	for _, word := range slices.Sorted(maps.Keys(b.postings)) {
		b.addList([]byte(word), b.postings[word])
	}
	b.index.count()
	return b.index
}

// addList adds the list of a word, which comes after all before.
func (b *wordBuilder) addList(word []byte, postings []posting) {
	x := b.index
	x.text = append(x.text, word...)
	x.wordEnds = append(x.wordEnds, uint64(len(x.text)))
	x.lists = appendList(x.lists, postings, x.languages)
	x.listEnds = append(x.listEnds, uint64(len(x.lists)))
}

// labelSum tells two states of an example apart whose code is the same: it may have been taken
// out and put in again with another title.
func labelSum(label codebase.Label) uint64 {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q %q %q", label.Language, label.Title, label.Fix)
	for _, cwe := range label.CWEs {
		fmt.Fprintf(sum, " %d", cwe)
	}
	return sum.Sum64()
}

// changes compares an index with the labels of what the store has, which are sorted: which of
// its places are of examples that are gone, and which it is missing.
func (x *wordIndex) changes(labels []codebase.Label) (gone []bool, missing []codebase.Label) {
	gone = make([]bool, x.len())
	place := 0
	for _, label := range labels {
		at, found := place, false
		if id, err := indexID(label.ID); err == nil {
			at, found = x.seek(place, id)
		}
		for ; place < at; place++ {
			gone[place] = true
		}
		if found {
			gone[place] = x.sums[place] != labelSum(label)
			place++
		}
		if !found || gone[place-1] {
			missing = append(missing, label)
		}
	}
	for ; place < x.len(); place++ {
		gone[place] = true
	}
	return gone, missing
}

// merge is the index without the examples that are gone and with those of another, which has none
// of the others.
func (x *wordIndex) merge(gone []bool, with *wordIndex) (*wordIndex, error) {
	defer runtime.KeepAlive(x) // what it lies in is given back with it
	b := newWordBuilder()
	moved := [2][]int32{make([]int32, x.len()), make([]int32, with.len())} // new places, −1 for none
	for one, two := 0, 0; one < x.len() || two < with.len(); {
		from, place, side := x, &one, 0
		if one < x.len() && gone[one] {
			moved[0][one] = -1
			one++
			continue
		}
		if one == x.len() || two < with.len() && with.id(two) < x.id(one) {
			from, place, side = with, &two, 1
		}
		label := codebase.Label{ID: from.id(*place), Language: from.Languages[from.languages[*place]], CWEs: from.cwesOf(*place)}
		made, err := b.addLabel(label, from.lengths[*place])
		if err != nil {
			return nil, fmt.Errorf("bring the index of words up to date: %w", err)
		}
		b.index.sums[made] = from.sums[*place] // the label here has no title
		moved[side][*place] = made
		*place++
	}
	var postings []posting
	read := func(from *wordIndex, word int, moved []int32) {
		for list := range readLists(span(from.lists, from.listEnds, word), from.len()) {
			for list.next() {
				if place := moved[list.place]; place >= 0 {
					postings = append(postings, posting{place, int32(list.count)})
				}
			}
		}
	}
	for one, two := 0, 0; one < len(x.wordEnds) || two < len(with.wordEnds); {
		order := -1
		switch {
		case one == len(x.wordEnds):
			order = 1
		case two < len(with.wordEnds):
			order = cmp.Compare(string(x.word(one)), string(with.word(two)))
		}
		postings = postings[:0]
		var word []byte
		if order <= 0 {
			word = x.word(one)
			read(x, one, moved[0])
			one++
		}
		if order >= 0 {
			word = with.word(two)
			read(with, two, moved[1])
			two++
			if order == 0 {
				slices.SortFunc(postings, func(a, b posting) int { return cmp.Compare(a.place, b.place) })
			}
		}
		if len(postings) > 0 {
			b.addList(word, postings)
		}
	}
	b.index.count()
	return b.index, nil
}
