package admission

import (
	"encoding/binary"
	"slices"
	"strings"
)

// A vocabulary has the words of several forms, and finds all that a text holds by going over it
// once: a word is looked for only where its first two bytes stand.
type vocabulary struct {
	forms []*form
	// needs are the lists of words of each form, by the places of words.
	needs [][][]int
	words int
	// folds: cases do not count.
	folds bool
	// lists are the words that begin with the same two bytes, and at says which list two
	// bytes have; 0 is none.
	lists []wordList
	at    [1 << 16]uint16
	// begins has a bit for each two bytes that a word begins with. Most of a text's bytes get no
	// further, and it stays in the processor's fastest memory, as at does not.
	begins [1 << 16 / 64]uint64
}

// A wordList has the words of a vocabulary that begin with the same two bytes.
type wordList struct {
	words []vocabularyWord
	// apart: all of them begin at an edge.
	apart bool
}

// A vocabularyWord is a word made ready to be compared with what stands in a text.
type vocabularyWord struct {
	place int
	word  string // with its edges
	// start are the first bytes of the word, eight at most, and mask has their bits.
	start, mask uint64
}

// newVocabulary makes that of forms of which each has words, and of which all or none fold.
func newVocabulary(forms ...*form) *vocabulary {
	v := &vocabulary{forms: forms, lists: make([]wordList, 1), folds: forms[0].folds}
	places := map[string]int{}
	for _, f := range forms {
		var needs [][]int
		for _, words := range append([][]string{f.words}, f.more...) {
			var list []int
			for _, word := range words {
				place, known := places[word]
				if !known {
					place = v.add(word)
					places[word] = place
				}
				list = append(list, place)
			}
			needs = append(needs, list)
		}
		v.needs = append(v.needs, needs)
	}
	return v
}

func (v *vocabulary) add(word string) (place int) {
	plain := strings.Trim(word, edge)
	pair := uint16(plain[0]) | uint16(plain[1])<<8
	if v.at[pair] == 0 {
		for _, same := range v.cases(plain[0], plain[1]) {
			v.at[same] = uint16(len(v.lists))
			v.begins[same/64] |= 1 << (same % 64)
		}
		v.lists = append(v.lists, wordList{apart: true})
	}
	var start, mask [8]byte
	for i := range copy(start[:], plain) {
		mask[i] = 0xff
	}
	place = v.words
	v.words++
	list := &v.lists[v.at[pair]]
	list.apart = list.apart && word[0] == edge[0]
	list.words = append(list.words, vocabularyWord{
		place: place, word: word, start: binary.LittleEndian.Uint64(start[:]), mask: binary.LittleEndian.Uint64(mask[:]),
	})
	return place
}

// cases are two bytes, as a number, in each case in which they count as the same.
func (v *vocabulary) cases(a, b byte) (all []uint16) {
	firsts, seconds := []byte{a}, []byte{b}
	if v.folds {
		firsts, seconds = append(firsts, upperByte(a)), append(seconds, upperByte(b))
	}
	for _, first := range firsts {
		for _, second := range seconds {
			all = append(all, uint16(first)|uint16(second)<<8)
		}
	}
	return all
}

func upperByte(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// possible lists the forms that may match a part of the text, in their order.
func (v *vocabulary) possible(text string) []*form {
	found := v.found(text)
	if found == nil {
		return nil
	}
	var forms []*form
	for i, f := range v.forms {
		if hasOneOfEach(found, v.needs[i]) {
			forms = append(forms, f)
		}
	}
	return forms
}

// found tells for each word whether the text holds it; nil where it holds none.
func (v *vocabulary) found(text string) (found []bool) {
	lower := v.folds && isASCII(text) // to be done where there may be a word
	if v.folds && !lower {
		text = fold(text)
	}
	for i := 0; i+1 < len(text); i++ {
		pair := uint16(text[i]) | uint16(text[i+1])<<8
		if v.begins[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		list := &v.lists[v.at[pair]]
		if list.apart && !atEdge(text, i) {
			continue
		}
		here := eightBytes(text, i)
		if lower {
			here = lowerBytes(here)
		}
		for w := range list.words {
			word := &list.words[w]
			if (here^word.start)&word.mask != 0 || found != nil && found[word.place] || !word.stands(text, i, lower) {
				continue
			}
			if found == nil {
				found = make([]bool, v.words)
			}
			found[word.place] = true
		}
	}
	return found
}

// eightBytes are the bytes of a text from an offset on, eight at most, as a number, and zeros behind its end.
func eightBytes(text string, at int) uint64 {
	if at+8 <= len(text) {
		return uint64(text[at]) | uint64(text[at+1])<<8 | uint64(text[at+2])<<16 | uint64(text[at+3])<<24 |
			uint64(text[at+4])<<32 | uint64(text[at+5])<<40 | uint64(text[at+6])<<48 | uint64(text[at+7])<<56
	}
	var bytes [8]byte
	copy(bytes[:], text[at:])
	return binary.LittleEndian.Uint64(bytes[:])
}

// lowerBytes makes those of eight bytes of ASCII that are upper-case letters lower-case: with
// the eighth bit of each byte, which ASCII does not use, all are compared at once.
func lowerBytes(eight uint64) uint64 {
	const each = 0x0101010101010101
	fromA := eight + (0x80-'A')*each
	behindZ := eight + (0x80-'Z'-1)*each
	return eight | (fromA&^behindZ)&(0x80*each)>>2
}

// stands reports whether the word is at an offset of the text, where lower is set in any case of its
// letters: then it has no edges.
func (w *vocabularyWord) stands(text string, at int, lower bool) bool {
	if lower {
		return at+len(w.word) <= len(text) && strings.EqualFold(text[at:at+len(w.word)], w.word)
	}
	return stands(text, at, w.word)
}

func hasOneOfEach(found []bool, needs [][]int) bool {
	for _, list := range needs {
		if !slices.ContainsFunc(list, func(place int) bool { return found[place] }) {
			return false
		}
	}
	return true
}
