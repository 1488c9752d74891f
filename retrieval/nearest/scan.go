package nearest

import (
	"context"
	"math/bits"
	"unsafe"
)

// A scan is the first stage of a search. It passes over sign codes and collects those
// with the fewest bits that differ from the query's.
type scan struct {
	signs []uint64
	want  int
	cut   int // codes that differ in as many bits, or more, are of no use any more
	// found is what was below the cut when it was met; near of them are so now. counts are of all, by the
	// bits that differ.
	found  []candidate
	counts []int
	near   int
}

// block is how many places are looked at at once.
const block = 64

func newScan(signs []uint64, want int) *scan {
	most := 64 * len(signs)
	return &scan{signs: signs, want: max(want, 1), cut: most + 1, counts: make([]int, most+1), found: make([]candidate, 0, 4*want+block)}
}

// run goes over the places of a segment that are allowed, or over all where that is nil.
func (s *scan) run(ctx context.Context, from *segment, number int32, allowed bitmap) error {
	for start := 0; start < from.len(); start += block {
		if start%(1024*block) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		places := ^uint64(0)
		if allowed != nil {
			places = allowed[start/block]
		}
		left := from.len() - start
		if left < block {
			places &= 1<<left - 1
		}
		// Where few places are in question it is quicker to look at these alone.
		if len(s.signs) == 6 && left >= block && bits.OnesCount64(places) >= block/8 {
			codes := (*[block][6]uint64)(unsafe.Pointer(unsafe.SliceData(from.signs[6*start : 6*(start+block)])))
			places &= nearer6(codes, (*[6]uint64)(s.signs), s.cut)
		}
		s.some(from, number, start, places)
	}
	return nil
}

// some looks at the places of a block whose bits are set, and lowers the cut as far as
// what was found allows.
func (s *scan) some(from *segment, number int32, start int, places uint64) {
	words := len(s.signs)
	for ; places != 0; places &= places - 1 {
		place := start + bits.TrailingZeros64(places)
		if d := distance(s.signs, from.signs[place*words:][:words]); d < s.cut {
			s.found = append(s.found, candidate{address{number, int32(place)}, -float32(d)})
			s.counts[d]++
			s.near++
		}
	}
	for s.near-s.counts[s.cut-1] >= s.want {
		s.cut--
		s.near -= s.counts[s.cut]
	}
}

// nearest are the want of the fewest bits, or all where there are no more. Of those that
// are as far as the last, the first that came in stay.
func (s *scan) nearest() []candidate {
	room := s.counts[s.cut-1] - max(0, s.near-s.want) // for those just below the cut
	kept := s.found[:0]
	for _, c := range s.found {
		d := int(-c.score)
		if d == s.cut-1 {
			room--
		}
		if d < s.cut-1 || d == s.cut-1 && room >= 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// distance is the number of bits in which two codes differ.
func distance(a, b []uint64) int {
	n := 0
	if len(a) == 6 && len(b) == 6 {
		x, y := (*[6]uint64)(a), (*[6]uint64)(b)
		return bits.OnesCount64(x[0]^y[0]) + bits.OnesCount64(x[1]^y[1]) + bits.OnesCount64(x[2]^y[2]) +
			bits.OnesCount64(x[3]^y[3]) + bits.OnesCount64(x[4]^y[4]) + bits.OnesCount64(x[5]^y[5])
	}
	for i, word := range a {
		n += bits.OnesCount64(word ^ b[i])
	}
	return n
}
