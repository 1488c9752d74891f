package retrieval

import (
	"encoding/binary"
	"iter"
	"math"
	"slices"
)

// A posting says how often a word occurs in an example.
type posting struct {
	place, count int32
}

// The list of a word is bytes, all numbers varints. For each language that its examples have: the
// language's place in the table, how many of the word's examples have it, how many bytes follow,
// and these: blocks of up to 128 postings, in the order of places. So a query in one language
// reads no other's.
//
// A block is how far its last place lies behind the one of the block before; its bytes; the
// postings. A posting is how far its place lies behind the one before (the first place of all behind
// −1), twice, and one more where a count follows, since the word occurs more than once.
const blockPostings = 128

// appendList writes a list; languages are those of the examples by place. The postings of one
// language are in the order of places.
func appendList(to []byte, postings []posting, languages []uint8) []byte {
	var counts [maxIndexLanguages]uint64
	for _, p := range postings {
		counts[languages[p.place]]++
	}
	var own []posting
	for language, n := range counts {
		if n == 0 {
			continue
		}
		own = own[:0]
		for _, p := range postings {
			if int(languages[p.place]) == language {
				own = append(own, p)
			}
		}
		blocks := appendBlocks(nil, own)
		to = binary.AppendUvarint(binary.AppendUvarint(to, uint64(language)), n)
		to = append(binary.AppendUvarint(to, uint64(len(blocks))), blocks...)
	}
	return to
}

func appendBlocks(to []byte, postings []posting) []byte {
	last := int32(-1)
	var body []byte
	for block := range slices.Chunk(postings, blockPostings) {
		body = body[:0]
		place := last
		for _, p := range block {
			step := uint64(p.place-place) << 1
			if place = p.place; p.count == 1 {
				body = binary.AppendUvarint(body, step)
			} else {
				body = binary.AppendUvarint(binary.AppendUvarint(body, step|1), uint64(p.count))
			}
		}
		to = binary.AppendUvarint(to, uint64(place-last))
		to = binary.AppendUvarint(to, uint64(len(body)))
		to = append(to, body...)
		last = place
	}
	return to
}

// A wordList is a word's list of one language, that is being read. Where its bytes are none, it
// ends.
type wordList struct {
	language int
	examples int64  // of the language; or less, where the bytes are none
	rest     []byte // blocks to come
	block    []byte // what is left of this one
	last     int64  // place of the last posting of the blocks before rest
	place    int64
	count    int64
	places   int64 // places are below
}

// readLists yields a word's list of each language; places are below a number.
func readLists(bytes []byte, places int) iter.Seq[wordList] {
	return func(yield func(wordList) bool) {
		l := wordList{rest: bytes}
		for len(l.rest) > 0 {
			language, examples, size := l.header(), l.header(), l.header()
			size = min(size, int64(len(l.rest)))
			if !yield(wordList{language: int(language), examples: examples, rest: l.rest[:size], last: -1, place: -1, places: int64(places)}) {
				return
			}
			l.rest = l.rest[size:]
		}
	}
}

// header reads a number between blocks.
func (l *wordList) header() int64 {
	n, size := binary.Uvarint(l.rest)
	if size <= 0 || n > 1<<32 {
		l.rest = nil
		return 0
	}
	l.rest = l.rest[size:]
	return int64(n)
}

// some reads the next postings, as many as next would one by one, but not beyond the block: how many, and
// 0 at the end. A query's time is spent here.
func (l *wordList) some(to *[blockPostings]posting) (n int) {
	if len(l.block) == 0 && !l.open() {
		return 0
	}
	block, place := l.block, l.place
	for ; n < len(to) && len(block) > 0; n++ {
		step, count := int64(block[0]), int64(1)
		if step < 0x80 {
			block = block[1:]
		} else {
			step, block = longNumber(block)
		}
		if step&1 == 1 {
			count, block = number(block)
		}
		place += step >> 1
		if step < 2 || place >= l.places {
			block, l.rest = nil, nil
			break
		}
		to[n] = posting{int32(place), int32(min(count, math.MaxInt32))}
	}
	l.block, l.place = block, place
	return n
}

// next goes to the next posting, if there is one.
func (l *wordList) next() bool {
	if len(l.block) == 0 && !l.open() {
		return false
	}
	var step int64
	step, l.block = number(l.block)
	if l.count = 1; step&1 == 1 {
		l.count, l.block = number(l.block)
	}
	l.place += step >> 1
	return step >= 2 && l.place < l.places
}

// open goes to the next block. Places go up, whatever its head says.
func (l *wordList) open() bool {
	l.place = max(l.place, l.last)
	l.last += l.header()
	size := l.header()
	if size > int64(len(l.rest)) {
		size = 0
	}
	l.block, l.rest = l.rest[:size], l.rest[size:]
	return size > 0
}

// number reads a number within a block; 0, and nothing is left, where there is none.
func number(block []byte) (n int64, rest []byte) {
	if len(block) > 0 && block[0] < 0x80 {
		return int64(block[0]), block[1:]
	}
	return longNumber(block)
}

func longNumber(block []byte) (int64, []byte) {
	n, size := binary.Uvarint(block)
	if size <= 0 || n > 1<<33 {
		return 0, nil
	}
	return int64(n), block[size:]
}

// countAt says how often the word occurs in the example at a place, which must not lie before those
// that were read.
func (l *wordList) countAt(place int64) int64 {
	for l.last < place {
		if !l.open() {
			return 0
		}
	}
	for l.place < place {
		if len(l.block) == 0 || !l.next() {
			return 0
		}
	}
	if l.place != place {
		return 0
	}
	return l.count
}
